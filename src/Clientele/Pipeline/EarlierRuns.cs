using System.Text.Json;
using Clientele.Artifacts;
using Clientele.Problems;
using Clientele.Settings;
using Clientele.Tracking;

namespace Clientele.Pipeline;

/// <summary>Taking up runs that are over.</summary>
public static class EarlierRuns
{
    /// <summary>Takes a run up that ended early, under an id of its own, with the settings it began with: what was finished is taken from the cache.</summary>
    /// <param name="from">This step and all after it are done again, also of a run that was completed; null: only what is not finished.</param>
    /// <exception cref="ProblemException"><c>runs/unknown</c>, <c>runs/held</c>, <c>runs/over</c>, <c>runs/kind</c>, <c>runs/no-settings</c>; all of a run.</exception>
    public static async Task<RunResult> Resume(string workspace, string id, string? from, IProgress<StepProgress>? progress, TimeProvider clock, CancellationToken cancel) =>
        await PipelineRun.Train(workspace, new RunOptions { FreshFrom = from, Recorded = await Recorded(workspace, id, from, clock, cancel), Resumes = id }, progress, clock, cancel);

    /// <summary>Deletes runs that are over, with their folders. A link such as <c>runs/latest</c> to one of them goes too.</summary>
    /// <param name="dryRun">Only says what would go.</param>
    /// <exception cref="ProblemException">Of <see cref="Runs.Delete"/>.</exception>
    public static async Task<RunDeletion> Delete(WorkspaceStore store, string workspace, IReadOnlyList<string> ids, bool dryRun, CancellationToken cancel)
    {
        var deletion = await store.Runs.Delete(ids, dryRun, cancel);
        if (dryRun)
            return deletion;
        string runs = Path.GetFullPath(Path.Combine(workspace, "runs"));
        if (Directory.Exists(runs))
            foreach (var link in new DirectoryInfo(runs).EnumerateFileSystemInfos().Where(entry => entry.LinkTarget is { } target && deletion.Runs.Contains(target)))
                link.Delete();
        // The store may be shared; only what lies among this workspace's runs is deleted.
        foreach (string folder in deletion.Folders.Where(folder => Path.GetDirectoryName(Path.GetFullPath(folder)) == runs && Directory.Exists(folder)))
            Directory.Delete(folder, recursive: true);
        return deletion;
    }

    private static async Task<WorkspaceSettings> Recorded(string workspace, string id, string? from, TimeProvider clock, CancellationToken cancel)
    {
        await using var store = await WorkspaceStore.Open(workspace, clock, cancel);
        await store.Runs.NoticeDead(cancel);
        var run = await store.Runs.Get(id, cancel);
        if (!run.State.IsFinal())
            throw new ProblemException(new("runs/held", $"The run {id} is {run.State}.", $"Wait for it, or stop it: clientele runs cancel {id}."));
        if (run.Kind != RunKinds.Training)
            throw new ProblemException(new("runs/kind", $"The run {id} trained no model.", $"Begin it again: clientele {(run.Kind == RunKinds.Scored ? "run --mode score" : "lifetime fit")}. What was finished is taken from the cache."));
        if (from is null && run.State == RunState.Completed)
            throw new ProblemException(new("runs/over", $"The run {id} is completed.", $"Do a part of it again: clientele runs retry {id} --from STEP."));
        return await store.Runs.Settings(id, cancel) is { } settings
            ? JsonSerializer.Deserialize<WorkspaceSettings>(settings, ArtifactJson.Options)!
            : throw new ProblemException(new("runs/no-settings", $"What the run {id} was told to do was not kept.", "Begin another: clientele run."));
    }
}
