using Clientele.Artifacts;
using Clientele.Problems;

namespace Clientele.Pipeline;

/// <summary>Takes a run through its steps: each from the cache if it was done before with the same of everything, else by doing it.</summary>
/// <param name="freshFrom">This step and all after it are done whatever is in the cache; null: none.</param>
internal sealed class StepRunner(IReadOnlyList<IStep> steps, WorkspaceCache cache, RunResults results, StepClock progress, RunLog log, string? freshFrom)
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
                    log.Write(step.Name, "cached", known.Outcome);
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
        log.Write(step.Name, "running", "");
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
            log.Write(step.Name, failure is OperationCanceledException ? "cancelled" : "failed", failure is ProblemException wrong ? wrong.Problem.ToString() : failure.GetType().Name);
            await ((Task)context.Left()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private async Task Keep(IStep step, Task<StepKey> key, StepContext context, string outcome)
    {
        var outputs = await context.Left();
        var made = await key;
        var manifest = new StepManifest(StepManifest.CurrentSchema, step.Name, made.Digest, made.Parts, outputs, outcome);
        cache.Steps.Save(manifest);
        results.Manifests[step.Name] = manifest;
        log.Write(step.Name, "completed", outcome);
    }
}
