using System.IO.Compression;
using Clientele.Problems;

namespace Clientele.Models;

/// <summary>A bundle as one zip file: its files beside each other, the manifest first. Equal bundles give equal bytes.</summary>
public static class BundleArchive
{
    // No bundle comes near it; what unpacks to more was made to fill a disk.
    private const long MostBytes = 4L << 30;
    private static readonly DateTimeOffset Beginning = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <exception cref="ProblemException"><c>models/*</c>: the folder holds no sound bundle. <c>models/exists</c>: there is such a file.</exception>
    public static void Write(string folder, string file)
    {
        BundleManifest.Verify(folder, ModelBundle.Schema);
        if (Path.Exists(file))
            throw new ProblemException(new("models/exists", $"{file} is there already.", "Name another file, or move it away."));
        string aside = $"{file}.partial";
        try
        {
            using (var zip = ZipFile.Open(aside, ZipArchiveMode.Create))
                foreach (string path in Directory.EnumerateFiles(folder).OrderBy(path => Path.GetFileName(path) != BundleManifest.Name).ThenBy(path => path, StringComparer.Ordinal))
                {
                    var entry = zip.CreateEntry(Path.GetFileName(path));
                    (entry.LastWriteTime, entry.ExternalAttributes) = (Beginning, 0);
                    using var from = File.OpenRead(path);
                    using var to = entry.Open();
                    from.CopyTo(to);
                }
            File.Move(aside, file);
        }
        finally
        {
            File.Delete(aside);
        }
    }

    /// <summary>Unpacks a bundle to a folder, which is made, and checks it.</summary>
    /// <exception cref="ProblemException"><c>models/unreadable</c>: it is no such archive. Other <c>models/*</c>: what is in it is not sound.</exception>
    public static void Read(string file, string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            using var zip = ZipFile.OpenRead(file);
            if (zip.Entries.FirstOrDefault(entry => entry.FullName != Path.GetFileName(entry.FullName) || entry.FullName is "" or "." or "..") is { } outside)
                throw new ProblemException(new("models/unreadable", $"{file} holds '{outside.FullName}', which is no file of a bundle.", "Export the model again: clientele models export."));
            if (zip.Entries.Sum(entry => entry.Length) > MostBytes)
                throw new ProblemException(new("models/unreadable", $"{file} unpacks to more than any bundle holds.", "Export the model again: clientele models export."));
            foreach (var entry in zip.Entries)
                entry.ExtractToFile(Path.Combine(folder, entry.FullName));
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            throw new ProblemException(new("models/unreadable", $"{file} is not an archive that can be read.", "Export the model again: clientele models export."), broken);
        }
        BundleManifest.Verify(folder, ModelBundle.Schema);
    }
}
