using Clientele.Artifacts;
using Clientele.Problems;
using Clientele.Tracking;

namespace Clientele.Pipeline;

/// <summary>Takes a run through its steps: each from the cache if it was done before with the same of everything, else by doing it.</summary>
/// <param name="live">Told of every step; null: nobody is.</param>
/// <param name="freshFrom">This step and all after it are done whatever is in the cache; null: none.</param>
internal sealed class StepRunner(IReadOnlyList<IStep> steps, WorkspaceCache cache, RunResults results, StepClock progress, LiveRun? live, string? freshFrom)
{
    private readonly StepKeys keys = new(cache.Steps, cache.Objects);
    private readonly List<Task> keeping = [];

    /// <summary>When it returns all that was left is kept, also if a step failed.</summary>
    public async Task Run(TimeProvider clock, CancellationToken cancel)
    {
        bool fresh = false;
        try
        {
            foreach (var step in steps)
            {
                cancel.ThrowIfCancellationRequested();
                fresh |= step.Name == freshFrom;
                progress.Begin(step.Name);
                var key = keys.Of(step);
                if (!fresh && await keys.Known(step) is { } known)
                {
                    results.Manifests[step.Name] = known;
                    results.Finished(step.Name);
                    cache.Steps.Use(known, clock.GetUtcNow());
                    live?.Step(step.Name, RunState.Cached, known.Outcome, known.Key);
                    progress.Cached(known.Outcome);
                }
                else
                {
                    await Do(step, key, cancel);
                }
            }
        }
        finally
        {
            await ((Task)Task.WhenAll(keeping)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);     // what failed first is told
        }
        await Task.WhenAll(keeping);
    }

    private async Task Do(IStep step, Task<StepKey> key, CancellationToken cancel)
    {
        live?.Step(step.Name, RunState.Running);
        var context = new StepContext(results, progress);
        try
        {
            string outcome = await step.Run(context, cancel);
            results.Finished(step.Name);
            progress.End(outcome);
            keeping.Add(Keep(step, key, context, outcome));
        }
        catch (Exception failure)
        {
            live?.Step(step.Name, failure is OperationCanceledException ? RunState.Cancelled : RunState.Failed, failure switch { ProblemException wrong => wrong.Problem.ToString(), OperationCanceledException => "", _ => failure.GetType().Name });
            await ((Task)context.Left()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private async Task Keep(IStep step, Task<StepKey> key, StepContext context, string outcome)
    {
        var outputs = await context.Left();
        var made = await key;
        var manifest = new StepManifest(StepManifest.CurrentSchema, step.Name, made.Digest, made.Parts, outputs, outcome);
        live?.MustBeOurs();
        cache.Steps.Save(manifest);
        results.Manifests[step.Name] = manifest;
        live?.Step(step.Name, RunState.Completed, outcome, made.Digest);
    }
}
