using System.Globalization;
using Clientele.Artifacts;
using Clientele.Problems;
using Clientele.Tracking;
using Polly;
using Polly.Retry;

namespace Clientele.Pipeline;

/// <summary>
/// Takes a run through its steps: each from the cache if it was done before with the same of everything, else by doing it. What fails because of engine, disk or network is done again,
/// with a new engine, after a while that doubles each time.
/// </summary>
/// <param name="live">Told of every step; null: nobody is.</param>
/// <param name="freshFrom">This step and all after it are done whatever is in the cache; null: none.</param>
internal sealed class StepRunner(IReadOnlyList<IStep> steps, WorkspaceCache cache, RunResults results, StepClock progress, LiveRun? live, string? freshFrom)
{
    private readonly StepKeys keys = new(cache.Steps, cache.Objects);
    private readonly Dictionary<string, Task> keeping = [];
    private readonly List<CancellationTokenSource> limits = [];

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
                _ = keys.Of(step);
                if (!fresh && await keys.Known(step) is { } known)
                    Take(step, known, clock);
                else
                    await UntilDone(step, attempt => Do(step, attempt, cancel), cancel);
            }
            foreach (var step in steps.Where(step => keeping.ContainsKey(step.Name)))
                await UntilDone(step, attempt => Kept(step, attempt, cancel), cancel);
        }
        finally
        {
            await Settled();
            limits.ForEach(limit => limit.Dispose());
        }
    }

    private void Take(IStep step, StepManifest known, TimeProvider clock)
    {
        results.Manifests[step.Name] = known;
        results.Finished(step.Name);
        cache.Steps.Use(known, clock.GetUtcNow());
        live?.Step(step.Name, RunState.Cached, known.Outcome, known.Key);
        progress.Cached(known.Outcome);
    }

    private async Task UntilDone(IStep step, Func<int, Task> attempt, CancellationToken cancel)
    {
        int attempts = 0;
        try
        {
            await Retry(step).ExecuteAsync(async _ => await attempt(attempts++), cancel);
        }
        catch (Exception failure)
        {
            live?.Step(step.Name, failure is OperationCanceledException ? RunState.Cancelled : RunState.Failed, Words(failure));
            throw;
        }
    }

    private ResiliencePipeline Retry(IStep step) => results.Settings.Run.Of(step.Name) is { Retries: > 0 } given
        ? new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is { } failure && Passing.Is(failure)),
            MaxRetryAttempts = given.Retries,
            Delay = given.RetryDelay,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            OnRetry = args =>
            {
                string words = string.Create(CultureInfo.InvariantCulture, $"{Words(args.Outcome.Exception!)} Again in {args.RetryDelay.TotalSeconds:0.0} s.");
                live?.Step(step.Name, RunState.Retrying, words);
                progress.Report(words);
                return default;
            },
        }).Build()
        : ResiliencePipeline.Empty;

    private async Task Do(IStep step, int attempt, CancellationToken cancel)
    {
        if (attempt > 0)
            await StartAgain(step, cancel);
        await Once(step, cancel);
    }

    // A step is done when what it left is kept, which went on while others were at work.
    private async Task Kept(IStep step, int attempt, CancellationToken cancel)
    {
        if (attempt > 0)
        {
            await StartAgain(step, cancel);
            await Once(step, cancel);
        }
        await keeping[step.Name];
    }

    // With new engines. What earlier steps left may have been lost with the old ones; then they are done again too.
    private async Task StartAgain(IStep until, CancellationToken cancel)
    {
        await Settled();
        await results.RestartEngines();
        foreach (var earlier in steps.TakeWhile(step => step != until).Where(step => keeping.TryGetValue(step.Name, out var kept) && kept.IsFaulted))
        {
            if (keeping[earlier.Name].Exception!.InnerExceptions.FirstOrDefault(failure => !Passing.Is(failure)) is { } stays)
                throw stays;
            live?.Step(earlier.Name, RunState.Retrying, "What it left was lost.");
            await Once(earlier, cancel);
        }
    }

    private async Task Once(IStep step, CancellationToken cancel)
    {
        live?.Step(step.Name, RunState.Running);
        var context = new StepContext(results, progress);
        // What the step leaves is still written when it is over, with the same token; so it lives as long as the run.
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limits.Add(limit);
        var given = results.Settings.Run.Of(step.Name).Timeout;
        limit.CancelAfter(given ?? Timeout.InfiniteTimeSpan);
        try
        {
            string outcome = await step.Run(context, limit.Token);
            limit.CancelAfter(Timeout.InfiniteTimeSpan);
            results.Finished(step.Name);
            progress.End(outcome);
            keeping[step.Name] = Keep(step, keys.Of(step), context, outcome);
            results.Keeping(step.Name, keeping[step.Name]);
        }
        catch (Exception failure)
        {
            await ((Task)context.Left()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (failure is OperationCanceledException && limit.IsCancellationRequested && !cancel.IsCancellationRequested)
                throw new ProblemException(new(Passing.StepTimeout, $"The step {step.Name} took longer than {given}.", "Give it more under 'run' in clientele.yaml: step_timeout."), failure);
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

    private Task Settled() => ((Task)Task.WhenAll(keeping.Values)).ContinueWith(_ => { }, TaskScheduler.Default);

    private static string Words(Exception failure) => failure switch
    {
        ProblemException wrong => wrong.Problem.ToString(),
        OperationCanceledException => "",
        _ => DiskFaults.Of(failure)?.What ?? failure.GetType().Name,
    };
}
