using System.Globalization;
using Clientele.Artifacts;
using Clientele.Problems;

namespace Clientele.Pipeline;

/// <summary>
/// The folder of one run: put together aside, renamed when all of it is there. Whoever looks sees a whole run or none.
/// </summary>
internal sealed class RunFolder
{
    private readonly string runs;
    private readonly string aside;
    private readonly DurableFiles files;

    private RunFolder(string runs, string id, string aside, DurableFiles files) =>
        (this.runs, Id, this.aside, this.files, Path) = (runs, id, aside, files, System.IO.Path.Combine(runs, id));

    public string Id { get; }
    /// <summary>Where it will be.</summary>
    public string Path { get; }

    /// <summary>A run's folder to be, and its log; the log's name is the run's claim to its id: the moment, with a number behind it if there are several.</summary>
    public static (RunFolder Folder, RunLog Log) Create(string workspace, WorkspaceCache cache, TimeProvider clock)
    {
        string runs = System.IO.Path.Combine(workspace, "runs");
        Directory.CreateDirectory(runs);
        string moment = clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        for (int number = 1; ; number++)
        {
            string id = number == 1 ? moment : $"{moment}-{number}";
            if (!Directory.Exists(System.IO.Path.Combine(runs, id)) && RunLog.Begin(System.IO.Path.Combine(cache.Folder(RunLog.FolderName), $"{id}.jsonl"), clock) is { } log)
                return (new(runs, id, System.IO.Path.Combine(cache.Aside, "run"), cache.Files), log);
        }
    }

    /// <summary>Adds the files that the steps left, and the manifest that names them.</summary>
    public async Task Add(RunResults run, IReadOnlyDictionary<string, string> inputs)
    {
        foreach (var (name, kept) in Published(run))
            files.Copy(run.Objects.PathOf(kept), PathOf(name));
        await Add(Manifest.Name, Manifest.Of(run.Settings, inputs, Artifacts(run)));
    }

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

    /// <summary>The newest run with segments; and the newest that valued customers.</summary>
    public const string Latest = "latest", LatestLifetime = "latest-lifetime";

    /// <summary>Makes the run visible and links under <c>runs/</c> point to it.</summary>
    public void Finish(params IReadOnlyList<string> links)
    {
        foreach (string name in links)
            if (System.IO.Path.Combine(runs, name) is var link && Directory.Exists(link) && new DirectoryInfo(link).LinkTarget is null)
                throw new ProblemException(new("workspace/not-writable", $"{link} could not be replaced.", "It is not a link; move it away."));
        Parallel.ForEach(Directory.EnumerateFiles(aside, "*", SearchOption.AllDirectories), files.Flush);
        foreach (string folder in Directory.EnumerateDirectories(aside, "*", SearchOption.AllDirectories).Append(aside))
            files.FlushFolder(folder);
        files.Rename(aside, Path);
        foreach (string name in links)
        {
            string made = $"{aside}-{name}";
            File.CreateSymbolicLink(made, Id);
            files.Rename(made, System.IO.Path.Combine(runs, name));
        }
    }

    private string PathOf(string name)
    {
        string path = System.IO.Path.Combine(aside, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }
}
