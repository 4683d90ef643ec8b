using System.Collections.Concurrent;
using Clientele.Artifacts;
using Clientele.Settings;

namespace Clientele.Pipeline;

/// <summary>What the steps of one run have come to so far: values in memory, tables in the engine, artifacts in the cache.</summary>
internal sealed class RunResults(string workspace, WorkspaceSettings settings, InputFiles inputs, int threads, ObjectStore objects, DurableFiles files) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Step, string Name), object> held = [];
    private readonly ConcurrentDictionary<string, bool> done = [];
    private readonly ConcurrentDictionary<string, Task> keeping = [];
    private Task<EnginePair>? engines;
    private Task? ended;
    private OrderTables? tables;

    public string Workspace => workspace;
    public WorkspaceSettings Settings => settings;
    public InputFiles Inputs => inputs;
    public int Threads => threads;
    public ObjectStore Objects => objects;
    public DurableFiles Files => files;
    public OrderTables Tables => tables ??= new(this);

    /// <summary>Of the steps that are finished, and of those taken from the cache.</summary>
    public ConcurrentDictionary<string, StepManifest> Manifests { get; } = [];

    /// <summary>Whether a step is finished, as done or as known.</summary>
    public bool Has(string step) => done.ContainsKey(step);

    public void Finished(string step) => done[step] = true;

    /// <summary>What a finished step left is kept when <paramref name="kept"/> is over.</summary>
    public void Keeping(string step, Task kept) => keeping[step] = kept;

    /// <summary>Started when the first step asks: a run that is all cache needs none.</summary>
    public Task<EnginePair> Engines(CancellationToken cancel) => engines ??= EnginePair.Open(settings, threads, cancel);

    /// <summary>Gives back what the engine keeps for later, if it was started.</summary>
    public async Task ReleaseEngineMemory(CancellationToken cancel)
    {
        if (engines is not null)
            await (await engines).Worker.ReleaseMemory(cancel);
    }

    public void Hold<T>(Artifact<T> artifact, T value) where T : notnull => held[(artifact.Step, artifact.Name)] = value;

    public T Read<T>(Artifact<T> artifact) where T : notnull => (T)held.GetOrAdd((artifact.Step, artifact.Name), _ =>
    {
        using var file = File.OpenRead(PathOf(artifact.Step, artifact.Name));
        return artifact.Read(file);
    });

    /// <summary>Whether a finished step left this output.</summary>
    public bool Keeps(string step, string output) => Manifests[step].Outputs.ContainsKey(output);

    /// <summary>The object of a finished step's output.</summary>
    public string PathOf(string step, string output) => objects.PathOf(Manifests[step].Outputs[output]);

    /// <summary>The same of a step that may have been done a moment ago: when what it left is kept.</summary>
    public async Task<string> KeptPath(string step, string output)
    {
        if (keeping.TryGetValue(step, out var kept))
            await kept;
        return PathOf(step, output);
    }

    /// <summary>Lets the engines go, whatever became of them; the next step that asks gets new ones, and tables made again.</summary>
    public async Task RestartEngines()
    {
        try
        {
            await End();
        }
        catch (Exception gone) when (Passing.Is(gone))
        {
            // They cannot be asked to clear up any more.
        }
        (engines, tables) = (null, null);
    }

    /// <summary>No step asks for the engines any more: they go while other work is done.</summary>
    public Task EndEngines() => ended ??= Task.Run(End);

    public async ValueTask DisposeAsync() => await EndEngines();

    private async Task End()
    {
        if (engines is not null && await engines.ContinueWith(opened => opened.IsCompletedSuccessfully ? opened.Result : null, TaskScheduler.Default) is { } pair)
            await pair.DisposeAsync();
    }
}
