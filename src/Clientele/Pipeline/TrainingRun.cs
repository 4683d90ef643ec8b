using Clientele.Problems;

namespace Clientele.Pipeline;

/// <summary>From orders to personas: every step of a workspace, and the folder of the run.</summary>
public static class TrainingRun
{
    /// <exception cref="ProblemException">Something that a person can put right. What was finished before is kept, and taken up by the next run.</exception>
    public static async Task<RunResult> Execute(
        string workspace, RunOptions options, IProgress<StepProgress>? progress, TimeProvider clock, CancellationToken cancel)
    {
        var settings = options.SettingsOf(workspace);
        var result = await WorkspaceRun.Execute(workspace, RunRequest.Training, settings, options, files => RunSteps.Training(settings, files), Links, Result, progress, clock, cancel);
        await FinishedRun.Remember(workspace, result, clock, cancel);
        return result;
    }

    private static string[] Links(RunResults run) => LifetimeStep.Of(run) is null ? [RunFolder.Latest] : [RunFolder.Latest, RunFolder.LatestLifetime];

    private static RunResult Result(RunFolder folder, RunResults run)
    {
        var (personas, hitRate) = run.Read(PersonasStep.Personas);
        return new(folder.Id, folder.Path, run.Settings, run.Read(CleanStep.Ledger), SegmentStep.Segmentation(run), personas, hitRate, LifetimeStep.Of(run));
    }
}
