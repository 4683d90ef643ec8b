using Clientele.Cleaning;
using Clientele.Lifetime;
using Clientele.Problems;
using Clientele.Settings;
using Clientele.Sources;

namespace Clientele.Pipeline;

/// <param name="Horizon">Of every window.</param>
/// <param name="Cutoffs">That snapshots were taken at; models were tried at those with an earlier one whose window was over.</param>
public sealed record LifetimeBacktestResult(Horizon Horizon, IReadOnlyList<DateOnly> Cutoffs, ContestResult Contest);

/// <summary>Tries the lifetime models on the past of a workspace's own orders: the same reading and cleaning as a run.</summary>
public static class LifetimeBacktest
{
    /// <exception cref="ProblemException"><c>lifetime/too-short</c>: the orders span no window after a window, with history before.</exception>
    public static async Task<LifetimeBacktestResult> Execute(
        string workspace, Horizon horizon, int threads, IProgress<StepProgress>? progress, CancellationToken cancel)
    {
        var settings = SettingsFile.Load(workspace);
        var steps = new StepClock(progress);
        steps.Begin("ingest");
        using var plain = PlainSources.Begin(workspace, settings, cancel);
        await using var engines = await EnginePair.Open(settings, threads, cancel);
        var intake = await OrderIntake.Read(engines, workspace, settings, plain, asOf: null, steps, cancel);
        steps.End($"{intake.Ledger.Read.Rows:N0} rows   {intake.Ledger.Kept.Rows:N0} kept   {intake.Ledger.Quarantined:N0} quarantined");
        if (!intake.Source.Fields.Money)
            throw new ProblemException(new("lifetime/no-money", "The source has no price or line total, so there is no spend to predict.", "Map 'price' or 'line_total' under 'columns' in clientele.yaml."));

        steps.Begin("snapshots");
        var cutoffs = Origins.Choose(intake.Ledger.FirstDay, intake.Ledger.LastDay, horizon);
        if (cutoffs.Count == 0 || !Origins.Known(cutoffs, cutoffs[^1], horizon).Any())
            throw TooShort(intake.Ledger, horizon);
        await PurchaseDays.Gather(engines.Worker, cancel);
        long customers = await CustomerSample.Count(engines.Worker, intake.Ledger.LastDay.AddDays(1), cancel);
        var (sample, snapshots) = (CustomerSample.Of(customers, LifetimeWork.MostTried), new List<LifetimeSnapshot>());
        foreach (var cutoff in cutoffs)
            snapshots.Add(await PurchaseDays.At(engines.Worker, cutoff, horizon.After(cutoff), sample, cancel));
        steps.End($"{cutoffs.Count} cut-offs   {snapshots[^1].Customers.Count:N0} customers at the last");

        steps.Begin("contest");
        var contest = Contest.Run(new(snapshots, today: null, settings.Seed, threads), Contenders.All(), steps, cancel);
        steps.End($"mean: {contest.Mean.Model}   median: {contest.Median.Model}");
        return new(horizon, cutoffs, contest);
    }

    private static ProblemException TooShort(Ledger ledger, Horizon horizon) => new(new(
        "lifetime/too-short",
        $"The orders span {ledger.LastDay.DayNumber - ledger.FirstDay.DayNumber + 1:N0} days; trying a horizon of {horizon} takes {Origins.LeastHistory} days of history and two such windows after each other.",
        "Give more orders, or a shorter --horizon."));
}
