using Clientele.Artifacts;
using Clientele.Problems;
using Clientele.Tracking;

namespace Clientele.Pipeline;

/// <summary>Files of runs: in the run's folder, and among the objects where others share those.</summary>
public static class RunArtifactFiles
{
    /// <summary>Puts a run's files where others can get them, if the workspace has such a place.</summary>
    internal static async Task Keep(WorkspaceStore store, string folder, IEnumerable<RunArtifact> files, CancellationToken cancel)
    {
        if (store.Place.IsShared)
            foreach (var file in files)
                await store.Objects.Put(Path.Combine(folder, file.Path), cancel);
    }

    /// <summary>Copies all files of a run to a new folder.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="ProblemException"><c>runs/exists</c>; <c>objects/*</c>: a file is missing or damaged; nothing is left then.</exception>
    public static async Task<int> Fetch(WorkspaceStore store, string id, string path, CancellationToken cancel = default)
    {
        if (Path.Exists(path))
            throw new ProblemException(new("runs/exists", $"{path} is there already.", "Name another folder, or move it away."));
        var run = await store.Runs.Details(id, cancel);
        string aside = $"{path}.partial";
        try
        {
            foreach (var file in run.Artifacts)
            {
                string to = PathIn(aside, file);
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                if (await Find(run.Run, file, cancel) is { } here)
                    File.Copy(here, to);
                else
                    await store.Objects.Restore(file.Digest, to, cancel);
            }
            Directory.CreateDirectory(aside);
            Directory.Move(aside, path);
            return run.Artifacts.Count;
        }
        finally
        {
            if (Directory.Exists(aside))
                Directory.Delete(aside, recursive: true);
        }
    }

    /// <summary>The file in the run's folder, if it is there and what it was; null: it is not.</summary>
    internal static async Task<string?> Find(Run run, RunArtifact file, CancellationToken cancel)
    {
        if (run.Folder is not { } folder)
            return null;
        string path = PathIn(folder, file);
        return File.Exists(path) && await ObjectNames.DigestOf(path, cancel) == file.Digest ? path : null;
    }

    // The store may be shared; a path in it must not lead out of the folder.
    private static string PathIn(string folder, RunArtifact file)
    {
        string path = Path.GetFullPath(Path.Combine(folder, file.Path));
        return path.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new ProblemException(new("runs/path", $"The store names a file '{file.Path}' that is not in the run's folder.", "Find out who can write the store."));
    }
}
