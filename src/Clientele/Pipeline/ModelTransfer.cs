using Clientele.Models;
using Clientele.Problems;
using Clientele.Registry;

namespace Clientele.Pipeline;

/// <summary>Takes versions of a model out of a workspace's store and into it.</summary>
public static class ModelTransfer
{
    /// <param name="path">A new file if it ends with .zip, else a new folder.</param>
    /// <exception cref="ProblemException"><c>objects/*</c> or <c>models/*</c>: a file is missing or damaged, or there is something at <paramref name="path"/>.</exception>
    public static async Task Export(WorkspaceStore store, ModelVersion version, string path, CancellationToken cancel = default)
    {
        if (Path.Exists(path))
            throw new ProblemException(new("models/exists", $"{path} is there already.", "Name another place, or move it away."));
        if (!Directory.Exists(Path.GetDirectoryName(path)))
            throw new ProblemException(new("models/exists", $"There is no folder {Path.GetDirectoryName(path)}.", "Make it first."));
        string bundle = await store.Models.Files(version, store.Bundles, cancel);
        if (path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            BundleArchive.Write(bundle, path);
        else
            Copy(bundle, path);
    }

    /// <param name="path">What <see cref="Export"/> wrote.</param>
    /// <returns>The version that it is now; the same as before if this very bundle was one already.</returns>
    /// <exception cref="ProblemException"><c>models/*</c>: it is no sound bundle.</exception>
    public static async Task<ModelVersion> Import(WorkspaceStore store, string path, Act by, CancellationToken cancel = default)
    {
        if (!Path.Exists(path))
            throw new ProblemException(new("models/missing", $"There is nothing at {path}.", "Name what 'clientele models export' wrote."));
        string unpacked = Directory.CreateTempSubdirectory("clientele-import-").FullName, bundle = Directory.Exists(path) ? path : Path.Combine(unpacked, "bundle");
        try
        {
            if (bundle != path)
                BundleArchive.Read(path, bundle);
            ModelBundle.Load(bundle);
            return await store.Models.Register(store.Name, bundle, run: "", by, cancel);
        }
        finally
        {
            Directory.Delete(unpacked, recursive: true);
        }
    }

    // Under another name until all of it is there.
    private static void Copy(string bundle, string path)
    {
        string aside = $"{path}.partial";
        try
        {
            Directory.CreateDirectory(aside);
            foreach (string file in Directory.EnumerateFiles(bundle))
                File.Copy(file, Path.Combine(aside, Path.GetFileName(file)));
            Directory.Move(aside, path);
        }
        finally
        {
            if (Directory.Exists(aside))
                Directory.Delete(aside, recursive: true);
        }
    }
}
