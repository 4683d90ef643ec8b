using Clientele.Artifacts;
using Clientele.Problems;

namespace Clientele.Pipeline;

/// <summary>
/// The folder of one run: put together aside, renamed when all of it is there. Whoever looks sees a whole run or none.
/// </summary>
internal sealed class RunFolder
{
    private readonly string runs;
    private readonly DurableFiles files;

    public RunFolder(string workspace, string id, WorkspaceCache cache)
    {
        runs = System.IO.Path.Combine(workspace, "runs");
        (Id, Path, Aside, files) = (id, System.IO.Path.Combine(runs, id), System.IO.Path.Combine(cache.Aside, "run"), cache.Files);
    }

    public string Id { get; }
    /// <summary>Where it will be.</summary>
    public string Path { get; }
    /// <summary>Where it is until then.</summary>
    public string Aside { get; }

    /// <summary>Adds the files that the steps left, and the manifest that names them.</summary>
    public async Task<Manifest> Add(RunResults run, IReadOnlyDictionary<string, string> inputs)
    {
        foreach (var (name, kept) in Published(run))
            files.Copy(run.Objects.PathOf(kept), PathOf(name));
        var manifest = Manifest.Of(run.Settings, inputs, Artifacts(run));
        await Add(Manifest.Name, manifest);
        return manifest;
    }

    /// <summary>Length of a file that was added.</summary>
    public long BytesOf(string name) => new FileInfo(System.IO.Path.Combine(Aside, name)).Length;

    /// <summary>Digests of the files that the steps left, by name.</summary>
    public static IReadOnlyDictionary<string, string> Artifacts(RunResults run) =>
        new SortedDictionary<string, string>(Published(run).ToDictionary(file => file.Name, file => file.Kept.Digest), StringComparer.Ordinal);

    private static IEnumerable<(string Name, StoredObject Kept)> Published(RunResults run) =>
        from output in run.Manifests.Values.SelectMany(manifest => manifest.Outputs)
        let name = RunFiles.NameOf(output.Key)
        where name is not null
        select (name, output.Value);

    public async Task Add<T>(string name, T value)
    {
        await using var file = files.Create(PathOf(name));
        await RunJson.Write(file, value);
    }

    /// <summary>The newest run with segments; the newest that valued customers; the newest with the published model.</summary>
    public const string Latest = "latest", LatestScore = "latest-score", LatestLifetime = "latest-lifetime", LatestPublished = "latest-published";

    /// <summary>Puts all of it on disk, so that it can be shown within a moment.</summary>
    /// <param name="links">That shall point to it.</param>
    public async Task Flush(IReadOnlyList<string> links, CancellationToken cancel)
    {
        Directory.CreateDirectory(runs);
        foreach (string name in links)
            if (System.IO.Path.Combine(runs, name) is var link && Directory.Exists(link) && new DirectoryInfo(link).LinkTarget is null)
                throw new ProblemException(new("workspace/not-writable", $"{link} could not be replaced.", "It is not a link; move it away."));
        await Parallel.ForEachAsync(Directory.EnumerateFiles(Aside, "*", SearchOption.AllDirectories), cancel, (file, _) =>
        {
            files.Flush(file);
            return default;
        });
        foreach (string folder in Directory.EnumerateDirectories(Aside, "*", SearchOption.AllDirectories).Append(Aside))
            files.FlushFolder(folder);
    }

    /// <summary>Makes the run visible, and links under <c>runs/</c> point to it.</summary>
    public void Show(IReadOnlyList<string> links)
    {
        files.Rename(Aside, Path);
        foreach (string name in links)
        {
            string made = $"{Aside}-{name}";
            File.CreateSymbolicLink(made, Id);
            files.Rename(made, System.IO.Path.Combine(runs, name));
        }
    }

    private string PathOf(string name)
    {
        string path = System.IO.Path.Combine(Aside, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }
}
