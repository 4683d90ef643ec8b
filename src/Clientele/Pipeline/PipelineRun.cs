using Clientele.Problems;

namespace Clientele.Pipeline;

/// <summary>
/// The one door through which runs are started: by the command line, by schedules, by requests. The run stands in the store from its first moment, in the hands of this process alone;
/// what happens is told there, and it ends there however it ends.
/// </summary>
public static class PipelineRun
{
    /// <summary>Does a run of the options' mode, and tells how it ended. For callers that go on whatever became of it, such as a scheduler.</summary>
    /// <param name="workspace">Its folder.</param>
    /// <param name="progress">Told what the run is at, as it happens; null: nobody.</param>
    /// <param name="cancel">Ends the run as cancelled. Other processes do the same by <see cref="Tracking.Runs.Cancel"/>.</param>
    /// <exception cref="ProblemException">The settings cannot be read, so there is no run; one that was held is failed.</exception>
    public static async Task<RunOutcome> Execute(string workspace, RunOptions options, IProgress<StepProgress>? progress, TimeProvider clock, CancellationToken cancel)
    {
        var end = await WorkspaceRun.Execute(workspace, RunKinds.Train, await Settings(workspace, options), options, progress, clock, cancel);
        return end.Failure switch
        {
            null => new(end.Id, end.State, null, end.Result!.Folder),
            ProblemException wrong => new(end.Id, end.State, wrong.Problem, null),
            OperationCanceledException => new(end.Id, end.State, null, null),
            var bug => throw bug,
        };
    }

    /// <summary>Does a training run, and gives all that it found. For callers that show it.</summary>
    /// <exception cref="ProblemException">Something that a person can put right. What was finished before is kept, and taken up by the next run.</exception>
    public static async Task<RunResult> Train(string workspace, RunOptions options, IProgress<StepProgress>? progress, TimeProvider clock, CancellationToken cancel)
    {
        var end = await WorkspaceRun.Execute(workspace, RunKinds.Train, await Settings(workspace, options), options, progress, clock, cancel);
        return end.ResultOrThrow() with { Notice = end.Notice };
    }

    private static async Task<Settings.WorkspaceSettings> Settings(string workspace, RunOptions options)
    {
        try
        {
            return options.SettingsOf(workspace);
        }
        catch (ProblemException wrong) when (options.Held is { } held)
        {
            await held.End(Tracking.RunState.Failed, wrong.Problem.ToString());
            throw;
        }
    }
}
