using Clientele.Registry;
using Clientele.Settings;
using Clientele.Tracking;

namespace Clientele.Pipeline;

/// <summary>What a run does and leaves.</summary>
/// <param name="Name">As the store has it: <c>train</c>, <c>score</c>, <c>lifetime</c>.</param>
/// <param name="Steps">Given the settings and the source files.</param>
/// <param name="Links">Asked when all steps are finished, before the run is seen: which links under <c>runs/</c> shall point to it.</param>
/// <param name="Result">What the caller gets.</param>
/// <param name="Facts">What the store is told of it beside data and files.</param>
/// <param name="Register">Done when it can be seen.</param>
internal sealed record RunKind<T>(
    string Name, Func<WorkspaceSettings, InputFiles, IReadOnlyList<IStep>> Steps, Func<RunResults, string[]> Links, Func<RunFolder, RunResults, T> Result, Func<T, RunFacts> Facts,
    Func<WorkspaceStore, T, CancellationToken, Task> Register);

internal static class RunKinds
{
    public const string Training = "train", Scored = "score", LifetimeOnly = "lifetime";

    /// <summary>From orders to personas and a model.</summary>
    public static RunKind<RunResult> Train { get; } = new(
        Training, RunSteps.Training,
        run =>
        [
            RunFolder.Latest,
            .. LifetimeStep.Of(run) is null ? Array.Empty<string>() : [RunFolder.LatestLifetime],
            .. PublishedModelStep.Of(run) is null ? Array.Empty<string>() : [RunFolder.LatestPublished],
        ],
        (folder, run) =>
        {
            var (personas, hitRate) = run.Read(PersonasStep.Personas);
            return new(folder.Id, folder.Path, run.Settings, run.Read(CleanStep.Ledger), SegmentStep.Segmentation(run), personas, hitRate, LifetimeTablesStep.Of(run));
        },
        RunFigures.Of, Register);

    /// <summary>From orders to segments, with a model that is there already.</summary>
    public static RunKind<ScoreResult> Score(Scoring scoring) => new(
        Scored, (settings, files) => RunSteps.Scoring(settings, scoring, files), _ => [RunFolder.LatestScore],
        (folder, run) => new(folder.Id, folder.Path, run.Read(CleanStep.Ledger), run.Read(ScoreStep.Result), run.Read(DriftStep.Report)), RunFigures.Of, (_, _, _) => Task.CompletedTask);

    /// <summary>From orders to values alone.</summary>
    public static RunKind<LifetimeFitResult> Lifetime { get; } = new(
        LifetimeOnly, (settings, files) => RunSteps.Lifetime(settings, settings.Lifetime ?? new(), files),
        run =>
        {
            LifetimeStep.RequireMoney(run.Read(IngestStep.Source).Fields);
            return [RunFolder.LatestLifetime];
        },
        (folder, run) => new(folder.Path, LifetimeTablesStep.Of(run)!),
        run => new() { Metrics = [new("customers", run.Work.Valued.Portfolio.Total.Customers)] }, (_, _, _) => Task.CompletedTask);

    /// <summary>From orders to the published model alone.</summary>
    public static RunKind<PublishedModelResult> Published { get; } = new(
        LifetimeOnly, RunSteps.Published,
        run =>
        {
            LifetimeStep.RequireMoney(run.Read(IngestStep.Source).Fields);
            return PublishedModelStep.Of(run) is not null ? [RunFolder.LatestPublished] : throw PublishedModelFit.TooFew;
        },
        (folder, run) => new(folder.Path, PublishedModelStep.Of(run)!),
        run => new() { Metrics = [new("rmse_test", run.Fit.Test.Rmse), new("mae_test", run.Fit.Test.MeanAbsolute)] }, (_, _, _) => Task.CompletedTask);

    // The first model serves; those that follow wait to be promoted, or are if they pass the gates and the settings say so.
    private static async Task Register(WorkspaceStore store, RunResult run, CancellationToken cancel)
    {
        var by = Act.ByThisUser($"Made by the run {run.Id}.");
        var version = await store.Models.Register(store.Name, Path.Combine(run.Folder, "model"), run.Id, by, cancel);
        var champion = await store.Models.Called(store.Name, ModelRegistry.Champion, cancel);
        if (champion == version)
            return;
        await store.Models.Move(store.Name, champion is null ? ModelRegistry.Champion : ModelRegistry.Challenger, version.Version, by, cancel);
        if (champion is null || !run.Settings.PromotesItself)
            return;
        // What is against it stands in the audit; it stays the challenger.
        var promotion = await ModelPromotion.Judge(store, version, cancel);
        await promotion.Decide(store, promotion.Obstacle is null ? by with { Reason = $"Made by the run {run.Id}; it passed the gates." } : by, force: false, cancel);
    }
}
