using Clientele.Cleaning;
using Clientele.Engines;
using Clientele.Lifetime;
using Clientele.Settings;

namespace Clientele.Pipeline;

/// <summary>All that valuing the customers of a workspace found, but the customers: these are rows of a file.</summary>
/// <param name="Orders">Before the cut-off.</param>
/// <param name="Deciles">For whoever reads the file.</param>
/// <param name="Base">Of every explanation.</param>
/// <param name="Drivers">Likewise, in the order of the file.</param>
public sealed record LifetimeWork(LifetimeValuation Valuation, ValuedBase Valued, DailyOrders Orders, ValueDeciles Deciles, double Base, IReadOnlyList<Driver> Drivers)
{
    /// <summary>Models are tried on, and learn from, about this many customers at most; everybody is valued.</summary>
    internal const int MostTried = 20_000;

    /// <summary>One line.</summary>
    public string Outcome => $"{Valued.Portfolio.Total.Customers:N0} customers   mean: {Valuation.Mean.Name}";

    /// <summary>Lets models compete over the past, learns the chosen ones from all history, and values everybody, block by block.</summary>
    /// <param name="work">The engine that holds <c>orders</c>.</param>
    /// <param name="asOf">What is known.</param>
    /// <param name="values">Gets everybody.</param>
    internal static async Task<LifetimeWork> Learn(
        EngineClient work, LifetimeSettings settings, ulong seed, Ledger ledger, AsOf asOf, ValueFile values, int threads, IProgress<string>? progress, CancellationToken cancel)
    {
        var horizon = Horizon.TryParse(settings.Horizon, out var read) ? read : throw new ArgumentException($"'{settings.Horizon}' is no horizon.", nameof(settings));
        var (cutoff, last) = (asOf.LinesBefore, asOf.LinesBefore.AddDays(-1));
        await PurchaseDays.Gather(work, cancel);
        long known = await CustomerSample.Count(work, cutoff, cancel);
        var (sample, over) = (CustomerSample.Of(known, MostTried), new List<LifetimeSnapshot>());
        foreach (var past in Origins.Few(ledger.FirstDay, last < ledger.LastDay ? last : ledger.LastDay, horizon, settings.Cutoffs))
        {
            progress?.Report($"snapshot of {past:yyyy-MM-dd}");
            if (await PurchaseDays.At(work, past, horizon.After(past), sample, cancel) is { Customers.Count: > 0 } snapshot)
                over.Add(snapshot);
        }
        var today = (await PurchaseDays.At(work, cutoff, horizon.After(cutoff), sample, cancel)).WithoutTargets();
        var contenders = Contenders.All();
        var learning = LifetimeLearning.Learn(over, today, horizon, contenders, seed, threads, progress, cancel);
        var valuation = sample.IsEverybody ? learning.Valuation : learning.Valuation with
        {
            Notes = [.. learning.Valuation.Notes, FormattableString.Invariant($"Models were tried on, and learned from, about {MostTried:N0} of {known:N0} customers, drawn by their ids; all are valued.")],
        };
        var (heldOut, buying, tracking) = (HoldOut.Of(learning, contenders, cancel), BuyingHoldOut.Of(learning.Timeline, cancel), await Track(work, learning.Timeline, cancel));
        var contest = learning.Contest;
        progress?.Report($"{known:N0} customers");
        var all = await Everybody.Value(work, valuation, cutoff, horizon.After(cutoff), settings.DiscountRate, values.Write, threads, cancel);
        var portfolio = new Portfolio(
            cutoff, horizon.After(cutoff), valuation.Horizon, settings.DiscountRate, valuation.Mean.Name, valuation.Median.Name, valuation.Notes,
            all.Sum.As("all"), [], all.Sum.AtRisk(), heldOut, buying, tracking, await Cohorts.Of(work, cutoff, cancel));
        return new(valuation, new(all.Best, portfolio, contest), await DailyOrders.Before(work, cutoff, cancel), all.Deciles, all.Base, all.Drivers);
    }

    /// <summary>For customers who come by themselves.</summary>
    /// <param name="settings">That it was learned under.</param>
    internal CustomerValuation ToKeep(LifetimeSettings settings) => new(Valuation, Orders, Deciles, settings.DiscountRate);

    /// <summary>The same, with totals by persona.</summary>
    internal LifetimeWork With(IReadOnlyList<ValueOfGroup> personas) => this with { Valued = Valued with { Portfolio = Valued.Portfolio with { Personas = personas } } };

    private static async Task<RepeatTracking?> Track(EngineClient work, LifetimeTimeline timeline, CancellationToken cancel) =>
        timeline.Judged is [.., var at] && timeline.Fit(new PurchaseContender(PurchaseLawName.MbgNbd), at, cancel).Model is PurchaseModel model
            ? await RepeatTracking.Of(work, model.Purchases, timeline.Snapshots[at].Cutoff, timeline.Snapshots[at].Until, cancel)
            : null;
}
