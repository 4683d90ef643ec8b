using System.Security.Cryptography;
using Clientele.Models;
using Clientele.Problems;
using Clientele.Storage;

namespace Clientele.Registry;

/// <summary>A bundle as objects: its manifest, found by the version's digest, and the files that it names.</summary>
internal static class BundleObjects
{
    /// <returns>The digest of the manifest.</returns>
    public static async Task<string> Put(IObjects objects, string folder, CancellationToken cancel)
    {
        BundleManifest.Verify(folder, ModelBundle.Schema);
        foreach (string path in Directory.EnumerateFiles(folder).Where(path => Path.GetFileName(path) != BundleManifest.Name))
            await objects.Put(path, cancel);
        return await objects.Put(Path.Combine(folder, BundleManifest.Name), cancel);
    }

    /// <summary>The bundle in a folder of its own under <paramref name="home"/>, made from the objects unless a sound one is there already.</summary>
    /// <exception cref="ProblemException"><c>objects/*</c>: an object is missing or damaged.</exception>
    public static async Task<string> Restore(IObjects objects, string digest, string home, CancellationToken cancel)
    {
        string folder = Path.Combine(home, digest);
        if (IsSound(folder, digest))
            return folder;
        string aside = $"{folder}.{Guid.NewGuid():N}.partial";
        Directory.CreateDirectory(aside);
        try
        {
            await objects.Restore(digest, Path.Combine(aside, BundleManifest.Name), cancel);
            foreach (var (name, file) in BundleManifest.Read(aside, ModelBundle.Schema).Files)
                await objects.Restore(file, Path.Combine(aside, Path.GetFileName(name)), cancel);
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            Directory.Move(aside, folder);
            return folder;
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            return folder;      // another made it in the meantime
        }
        finally
        {
            if (Directory.Exists(aside))
                Directory.Delete(aside, recursive: true);
        }
    }

    /// <summary>Digests of all objects that a bundle needs. What of it can't be read names nothing more.</summary>
    public static async Task<IReadOnlyList<string>> Needs(IObjects objects, string digest, CancellationToken cancel)
    {
        string folder = Directory.CreateTempSubdirectory("clientele-bundle-").FullName;
        try
        {
            await objects.Restore(digest, Path.Combine(folder, BundleManifest.Name), cancel);
            return [digest, .. BundleManifest.Read(folder, ModelBundle.Schema).Files.Values];
        }
        catch (ProblemException)
        {
            return [digest];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool IsSound(string folder, string digest)
    {
        string manifest = Path.Combine(folder, BundleManifest.Name);
        try
        {
            if (!File.Exists(manifest) || Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(manifest))) != digest)
                return false;
            BundleManifest.Verify(folder, ModelBundle.Schema);
            return true;
        }
        catch (ProblemException)
        {
            return false;
        }
    }
}
