using Clientele.Cleaning;
using Clientele.Problems;
using Clientele.Settings;
using Clientele.Sources;

namespace Clientele.Pipeline;

/// <param name="Folder">The run's own; <c>runs/latest-lifetime</c> points to it.</param>
public sealed record LifetimeFitResult(string Folder, LifetimeWork Work);

/// <summary>Values the customers of a workspace without dividing them: a run with a <c>lifetime</c> folder and a model, and no segments.</summary>
public static class LifetimeFit
{
    public static async Task<LifetimeFitResult> Execute(string workspace, RunOptions options, IProgress<StepProgress>? progress, TimeProvider clock, CancellationToken cancel)
    {
        var settings = SettingsFile.Load(workspace);
        settings = settings with { Seed = options.Seed ?? settings.Seed, Lifetime = settings.Lifetime ?? new() };
        var steps = new StepClock(progress);
        using var run = RunFolder.Create(workspace, clock.GetUtcNow());

        steps.Begin("ingest");
        using var plain = PlainSources.Begin(workspace, settings, cancel);
        await using var engines = await EnginePair.Open(settings, options.Threads, cancel);
        var (source, ledger, _) = await OrderIntake.Read(engines, workspace, settings, plain, AsOf.Of(settings.Features), steps, cancel);
        steps.End($"{ledger.Read.Rows:N0} rows   {ledger.Kept.Rows:N0} kept   {ledger.Quarantined:N0} quarantined");
        RequireMoney(source.Fields);

        steps.Begin("lifetime");
        var work = await LifetimeWork.Learn(
            engines.Worker, settings.Lifetime, settings.Seed, ledger, AsOf.Of(settings.Features) ?? AsOf.EndOf(ledger.LastDay), options.Threads, steps, cancel);
        steps.End(work.Outcome);

        steps.Begin("write");
        await LifetimeFiles.Write(run, engines.Reader, settings, work, cancel);
        await Manifest.Write(run, settings, await Digests.OfFiles(workspace, source.Files, cancel), cancel);
        steps.End(run.Final);
        run.Finish(RunFolder.LatestLifetime);
        return new(run.Final, work);
    }

    internal static void RequireMoney(SourceFields fields)
    {
        if (!fields.Money)
            throw new ProblemException(new(
                "lifetime/no-money", "The source has no price or line total, so there is no spend to predict.", "Map 'price' or 'line_total' under 'columns' in clientele.yaml."));
    }
}
