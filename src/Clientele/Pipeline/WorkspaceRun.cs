using System.Runtime.InteropServices;
using Clientele.Artifacts;
using Clientele.Engines;
using Clientele.Mlflow;
using Clientele.Problems;
using Clientele.Settings;
using Clientele.Sources;
using Clientele.Tracking;

namespace Clientele.Pipeline;

/// <summary>A run of any kind: in the store from its first moment, then its steps, and at the end its folder.</summary>
internal static class WorkspaceRun
{
    /// <summary>Does not throw for what went wrong once the settings are read: that is how the run ended. Where runs are told of elsewhere too, it is when the run is over.</summary>
    public static async Task<RunEnd<T>> Execute<T>(
        string workspace, RunKind<T> kind, WorkspaceSettings settings, RunOptions options, IProgress<StepProgress>? progress, TimeProvider clock, CancellationToken cancel) where T : class
    {
        var end = await Run(workspace, kind, settings, options, progress, clock, cancel);
        return end.Id is { } id ? end with { Notice = await LiveExport.AfterRun(workspace, id, clock, cancel) } : end;
    }

    private static async Task<RunEnd<T>> Run<T>(
        string workspace, RunKind<T> kind, WorkspaceSettings settings, RunOptions options, IProgress<StepProgress>? progress, TimeProvider clock, CancellationToken cancel) where T : class
    {
        var started = clock.GetUtcNow();
        using var time = new CancellationTokenSource(settings.Run.Timeout ?? Timeout.InfiniteTimeSpan);
        await using var live = LiveRun.Begin(workspace, settings, kind.Name, options, clock);
        try
        {
            var result = await Do(workspace, kind, settings, options, live, started, progress, clock, cancel, time.Token);
            await live.End(RunState.Completed, null);
            return new(await live.Id(), RunState.Completed, null, result);
        }
        catch (Exception failure)
        {
            return await End<T>(live, DiskFaults.Of(failure) is { } fault ? new ProblemException(Kept(fault), failure) : failure, time.IsCancellationRequested ? TimeIsUp(settings) : null, cancel);
        }
    }

    private static async Task<T> Do<T>(
        string workspace, RunKind<T> kind, WorkspaceSettings settings, RunOptions options, LiveRun live, DateTimeOffset started, IProgress<StepProgress>? progress, TimeProvider clock, CancellationToken asked, CancellationToken inTime)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(asked, live.Stopped, inTime);
        var cancel = either.Token;
        var inputs = InputFiles.Find(workspace, settings, cancel);
        EngineFolder.Sweep();
        PlainSources.Sweep();
        using var cache = WorkspaceCache.Open(workspace, options.Files);
        await using var results = new RunResults(workspace, settings, inputs, options.Threads, cache.Objects, cache.Files);
        var (steps, times) = (kind.Steps(settings, inputs), new StepClock(progress));
        live.Plan([.. steps.Select(step => step.Name)]);
        await new StepRunner(steps, cache, results, times, live, options.FreshFrom).Run(clock, cancel);
        var ended = results.EndEngines();

        string[] links = kind.Links(results);
        var folder = new RunFolder(workspace, await live.Id(), cache);
        var manifest = await folder.Add(results, await inputs.Digests);
        await folder.Add(RunRecord.Name, new RunRecord(folder.Id, started, clock.GetUtcNow(), options.Threads,
            new(RuntimeInformation.OSDescription, RuntimeInformation.ProcessArchitecture.ToString(), Environment.ProcessorCount, RuntimeInformation.FrameworkDescription), times.Seconds));
        await folder.Flush(links, cancel);
        var (store, result) = (await live.Store(), kind.Result(folder, results));
        RunArtifact[] made = [.. manifest.Artifacts.Select(file => new RunArtifact(file.Key, file.Value, folder.BytesOf(file.Key)))];
        await RunArtifactFiles.Keep(store, folder.Aside, made, cancel);
        await ended;
        await live.Publish(() => folder.Show(links), kind.Facts(result) with { Datasets = manifest.Inputs, Artifacts = made, Folder = Path.GetFullPath(folder.Path) }, cancel);
        await kind.Register(store, result, CancellationToken.None);       // what can be seen is registered
        cache.Trim();
        return result;
    }

    private static async Task<RunEnd<T>> End<T>(LiveRun live, Exception failure, Problem? late, CancellationToken asked) where T : class
    {
        var (state, told, reason) = failure switch
        {
            OperationCanceledException when live.CancelRequested => (RunState.Cancelled, new ProblemException(Cancelled), "Somebody asked for it."),
            OperationCanceledException when asked.IsCancellationRequested => (RunState.Cancelled, failure, "Its process was asked to stop."),
            OperationCanceledException when late is not null && !live.Stopped.IsCancellationRequested => (RunState.Failed, new ProblemException(late), late.ToString()),
            ProblemException wrong => (RunState.Failed, failure, wrong.Problem.ToString()),
            _ => (RunState.Failed, failure, $"A mistake in Clientele: {failure.GetType().Name}."),
        };
        try
        {
            await live.End(state, reason);
            return new(await live.Id(), state, told, null);
        }
        catch (ProblemException unsaid)
        {
            // Work that was stopped because the store cannot be told ended for that reason; else what went wrong first is the reason.
            string? id = await live.Id().ContinueWith(known => known.IsCompletedSuccessfully ? known.Result : null, TaskScheduler.Default);
            return new(id, unsaid.Problem.Kind == "runs/lost" ? RunState.Crashed : RunState.Failed, failure is OperationCanceledException && !asked.IsCancellationRequested ? unsaid : told, null);
        }
    }

    private static Problem TimeIsUp(WorkspaceSettings settings) => new(
        "runs/timeout", $"The run took longer than {settings.Run.Timeout}.", "Give it more under 'run' in clientele.yaml: timeout. What was finished is kept, and taken up by the next run.");

    private static Problem Cancelled => new("runs/cancelled", "The run was cancelled.", "What was finished is kept, and taken up by the next run.");

    private static Problem Kept(Problem fault) => fault with { Remedy = $"{fault.Remedy} Then run again: what was finished is kept." };
}
