using Clientele.Settings;

namespace Clientele.Pipeline;

/// <summary>The steps of a run, in their order.</summary>
internal static class RunSteps
{
    /// <summary>From orders to personas, and values where they are asked for.</summary>
    public static IReadOnlyList<IStep> Training(WorkspaceSettings settings, InputFiles files) =>
    [
        new IngestStep(settings, files),
        new CleanStep(settings),
        new FeaturesStep(settings),
        new SegmentStep(settings),
        new PersonasStep(settings),
        .. settings.Lifetime is { } wanted ? new IStep[] { new LifetimeStep(settings, wanted) } : [],
        new WriteStep(settings),
        .. settings.Lifetime is null ? Array.Empty<IStep>() : [new LifetimeTablesStep(settings, personas: true)],
        new ReportStep(settings),
        .. PublishedModelStep.Applies(settings.Features) ? new IStep[] { new PublishedModelStep(settings, alone: false) } : [],
        new ModelStep(settings),
    ];

    /// <summary>From orders to segments, with a model that is there already, and whether customers are still like those that it was learnt from.</summary>
    public static IReadOnlyList<IStep> Scoring(WorkspaceSettings settings, Scoring scoring, InputFiles files) =>
    [
        new IngestStep(settings, files),
        new CleanStep(settings),
        new ScoreStep(settings, scoring),
        new DriftStep(settings, scoring),
    ];

    /// <summary>From orders to values alone.</summary>
    public static IReadOnlyList<IStep> Lifetime(WorkspaceSettings settings, LifetimeSettings wanted, InputFiles files) =>
    [
        new IngestStep(settings, files),
        new CleanStep(settings),
        new LifetimeStep(settings, wanted),
        new LifetimeTablesStep(settings, personas: false),
        new LifetimeModelStep(settings, wanted),
    ];

    /// <summary>From orders to the published model alone.</summary>
    /// <param name="settings">To which <see cref="PublishedModelStep.Applies"/>.</param>
    public static IReadOnlyList<IStep> Published(WorkspaceSettings settings, InputFiles files) =>
    [
        new IngestStep(settings, files),
        new CleanStep(settings),
        new FeaturesStep(settings),
        new PublishedModelStep(settings, alone: true),
    ];
}
