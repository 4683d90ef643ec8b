using Clientele.Problems;

namespace Clientele.Pipeline;

/// <summary>
/// The one door through which runs are started: by the command line, by schedules, by requests. The run stands in the store from its first moment, in the hands of this process alone;
/// what happens is told there, and it ends there however it ends.
/// </summary>
public static class PipelineRun
{
    /// <summary>Does one run, and tells how it ended: auto scores where there is a champion and trains where there is none. For callers that go on whatever became of it, and see to what drift sets off, such as a scheduler.</summary>
    /// <param name="workspace">Its folder.</param>
    /// <param name="progress">Told what the run is at, as it happens; null: nobody.</param>
    /// <param name="cancel">Ends the run as cancelled. Other processes do the same by <see cref="Tracking.Runs.Cancel"/>.</param>
    /// <exception cref="ProblemException">The settings or the model cannot be read, so there is no run; one that was held is failed.</exception>
    public static async Task<RunOutcome> Execute(string workspace, RunOptions options, IProgress<StepProgress>? progress, TimeProvider clock, CancellationToken cancel)
    {
        if (await ModeOf(workspace, options, clock, cancel) != RunMode.Train)
        {
            var scored = await Scored(workspace, options, progress, clock, cancel);
            return Outcome(scored, scored.Result?.Folder);
        }
        var trained = await Trained(workspace, options, progress, clock, cancel);
        return Outcome(trained, trained.Result?.Folder);
    }

    /// <summary>Does a training run, and gives all that it found. For callers that show it.</summary>
    /// <exception cref="ProblemException">Something that a person can put right. What was finished before is kept, and taken up by the next run.</exception>
    public static async Task<RunResult> Train(string workspace, RunOptions options, IProgress<StepProgress>? progress, TimeProvider clock, CancellationToken cancel)
    {
        var end = await Trained(workspace, options, progress, clock, cancel);
        return end.ResultOrThrow() with { Notice = end.Notice };
    }

    /// <summary>Does a run that assigns customers with the champion and fits nothing, and gives what it found.</summary>
    /// <exception cref="ProblemException">As of <see cref="Train"/>; or there is no model yet.</exception>
    public static async Task<ScoreResult> Score(string workspace, RunOptions options, IProgress<StepProgress>? progress, TimeProvider clock, CancellationToken cancel) =>
        (await Scored(workspace, options, progress, clock, cancel)).ResultOrThrow();

    /// <summary>Scores with the champion, and trains if customers have drifted; trains where there is no champion.</summary>
    /// <returns>Null: that was not done.</returns>
    /// <exception cref="ProblemException">As of <see cref="Train"/>.</exception>
    public static async Task<(ScoreResult? Scored, RunResult? Trained)> Auto(string workspace, RunOptions options, IProgress<StepProgress>? progress, TimeProvider clock, CancellationToken cancel)
    {
        if (await ModeOf(workspace, options with { Mode = RunMode.Auto }, clock, cancel) == RunMode.Train)
            return (null, await Train(workspace, options, progress, clock, cancel));
        var scored = await Score(workspace, options, progress, clock, cancel);
        return (scored, scored.Drift.Drifted ? await Train(workspace, options.After(scored), progress, clock, cancel) : null);
    }

    /// <summary>What a run begins with: auto looks whether there is a champion.</summary>
    internal static async Task<RunMode> ModeOf(string workspace, RunOptions options, TimeProvider clock, CancellationToken cancel) => options.Mode != RunMode.Auto ? options.Mode : await Before(options, async () =>
    {
        await using var store = await WorkspaceStore.Open(workspace, options.SettingsOf(workspace), clock, cancel);
        return await store.Models.Called(store.Name, Registry.ModelRegistry.Champion, cancel) is null ? RunMode.Train : RunMode.Score;
    });

    private static async Task<RunEnd<RunResult>> Trained(string workspace, RunOptions options, IProgress<StepProgress>? progress, TimeProvider clock, CancellationToken cancel) =>
        await WorkspaceRun.Execute(workspace, RunKinds.Train, await Before(options, () => Task.FromResult(options.SettingsOf(workspace))), options, progress, clock, cancel);

    private static async Task<RunEnd<ScoreResult>> Scored(string workspace, RunOptions options, IProgress<StepProgress>? progress, TimeProvider clock, CancellationToken cancel)
    {
        var (settings, scoring) = await Before(options, async () =>
        {
            var now = options.SettingsOf(workspace);
            var champion = await Scoring.Champion(workspace, now, clock, cancel);
            return (champion.SettingsFor(now), champion);
        });
        return await WorkspaceRun.Execute(workspace, RunKinds.Score(scoring), settings, options, progress, clock, cancel);
    }

    private static RunOutcome Outcome<T>(RunEnd<T> end, string? folder) where T : class => end.Failure switch
    {
        null => new(end.Id, end.State, null, folder),
        ProblemException wrong => new(end.Id, end.State, wrong.Problem, null),
        OperationCanceledException => new(end.Id, end.State, null, null),
        var bug => throw bug,
    };

    // What must be known before there can be a run; one that was held cannot be done without it.
    private static async Task<T> Before<T>(RunOptions options, Func<Task<T>> know)
    {
        try
        {
            return await know();
        }
        catch (ProblemException wrong) when (options.Held is { } held)
        {
            await held.End(Tracking.RunState.Failed, wrong.Problem.ToString());
            throw;
        }
    }
}
