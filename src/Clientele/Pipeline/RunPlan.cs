using Clientele.Artifacts;
using Clientele.Problems;
using Clientele.Settings;

namespace Clientele.Pipeline;

/// <summary>What a run would do: which steps are in the cache, which would be done, and why.</summary>
public sealed record RunPlan(IReadOnlyList<PlannedStep> Steps)
{
    /// <summary>What steps of a run are called, in their order.</summary>
    public static IReadOnlyList<string> StepNames { get; } =
    [
        IngestStep.StepName, CleanStep.StepName, FeaturesStep.StepName, SegmentStep.StepName, PersonasStep.StepName, LifetimeStep.StepName,
        WriteStep.StepName, LifetimeTablesStep.StepName, ReportStep.StepName, PublishedModelStep.StepName, ModelStep.StepName, LifetimeModelStep.StepName,
    ];

    /// <summary>Looks, and changes nothing.</summary>
    /// <exception cref="ProblemException">The settings or sources cannot be read.</exception>
    public static async Task<RunPlan> Make(string workspace, RunOptions options, CancellationToken cancel)
    {
        var (settings, steps) = await StepsOf(workspace, options, cancel);
        var (objects, cache) = WorkspaceCache.Look(workspace);
        var keys = new StepKeys(cache, objects);
        var planned = new List<PlannedStep>();
        bool fresh = false;
        foreach (var step in steps)
        {
            fresh |= step.Name == options.FreshFrom;
            var key = await keys.Of(step);
            bool known = !fresh && await keys.Known(step) is not null;
            planned.Add(new(step.Name, known,
                known ? "nothing that it depends on has changed"
                : fresh ? "asked for"
                : cache.Of(step.Name).FirstOrDefault() is { } earlier ? key.Against(earlier) : "was not done before"));
        }
        return new(planned);
    }

    private static async Task<(WorkspaceSettings, IReadOnlyList<IStep>)> StepsOf(string workspace, RunOptions options, CancellationToken cancel)
    {
        var settings = options.SettingsOf(workspace);
        if (await PipelineRun.ModeOf(workspace, options, TimeProvider.System, cancel) == RunMode.Train)
            return (settings, RunSteps.Training(settings, InputFiles.Find(workspace, settings, cancel)));
        var scoring = await Scoring.Champion(workspace, settings, TimeProvider.System, cancel);
        settings = scoring.SettingsFor(settings);
        return (settings, RunSteps.Scoring(settings, scoring, InputFiles.Find(workspace, settings, cancel)));
    }
}

/// <param name="Cached">What it left before would be taken; else it would be done.</param>
/// <param name="Why">For people.</param>
public sealed record PlannedStep(string Step, bool Cached, string Why);
