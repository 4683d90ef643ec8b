using Clientele.Artifacts;
using Clientele.Settings;

namespace Clientele.Pipeline;

/// <summary>What a step gets to work with: settings, engines, the artifacts of earlier steps, and where to leave its own.</summary>
internal sealed class StepContext(RunResults results, IProgress<string> progress)
{
    private readonly List<Task<(string Name, StoredObject Object)>> writing = [];

    public RunResults Results => results;
    public string Workspace => results.Workspace;
    public int Threads => results.Threads;
    public OrderTables Tables => results.Tables;
    public IProgress<string> Progress => progress;

    public Task<EnginePair> Engines(CancellationToken cancel) => results.Engines(cancel);

    /// <summary>What an earlier step left; from memory if it was made by this run.</summary>
    public T Read<T>(Artifact<T> artifact) where T : notnull => results.Read(artifact);

    /// <summary>Leaves a value for later steps, which have it at once; it is written meanwhile.</summary>
    public void Leave<T>(Artifact<T> artifact, T value) where T : notnull
    {
        results.Hold(artifact, value);
        _ = LeaveLater(artifact, Task.FromResult(value));
    }

    /// <summary>Leaves a value that is still being made, and that only other runs will read.</summary>
    public Task LeaveLater<T>(Artifact<T> artifact, Task<T> value) where T : notnull => LeaveLater(artifact.Name, async path =>
    {
        await using var file = results.Files.Create(path);
        artifact.Write(file, await value);
    });

    /// <summary>Leaves a file of the run's folder, written now and kept meanwhile.</summary>
    /// <param name="name">With forward slashes, relative to the run's folder.</param>
    public async Task LeaveFile(string name, Func<Stream, Task> write)
    {
        string path = results.Objects.NewFile();
        await using (var file = results.Files.Create(path))
            await write(file);
        writing.Add(Task.Run(() => (RunFiles.Published(name), results.Objects.Keep(path)), CancellationToken.None));
    }

    /// <summary>Leaves a table of the run's folder in every form that is wanted; with none its rows still stream by.</summary>
    /// <param name="name">Without an ending.</param>
    public Task LeaveTable(string name, OutputSettings wanted, Func<Stream?, Stream?, Task> write) => (wanted.Csv, wanted.Parquet) switch
    {
        (true, true) => LeaveFile($"{name}.csv", csv => LeaveFile($"{name}.parquet", parquet => write(csv, parquet))),
        (true, false) => LeaveFile($"{name}.csv", csv => write(csv, null)),
        (false, true) => LeaveFile($"{name}.parquet", parquet => write(null, parquet)),
        _ => write(null, null),
    };

    /// <summary>Leaves a file that is written by <paramref name="write"/> while later steps are at work.</summary>
    /// <returns>When it is written.</returns>
    public Task LeaveLater(string name, Func<string, Task> write)
    {
        string path = results.Objects.NewFile();
        var written = Task.Run(() => write(path));
        writing.Add(written.ContinueWith(done =>
        {
            done.GetAwaiter().GetResult();
            return (name, results.Objects.Keep(path));
        }, TaskScheduler.Default));
        return written;
    }

    /// <summary>When all that was left is kept: what the step left, by name.</summary>
    public async Task<IReadOnlyDictionary<string, StoredObject>> Left()
    {
        var outputs = new SortedDictionary<string, StoredObject>(StringComparer.Ordinal);
        foreach (var (name, kept) in await Task.WhenAll(writing))
            outputs[name] = kept;
        return outputs;
    }
}
