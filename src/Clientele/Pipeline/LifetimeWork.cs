using Clientele.Cleaning;
using Clientele.Engines;
using Clientele.Lifetime;
using Clientele.Settings;

namespace Clientele.Pipeline;

/// <summary>All that valuing the customers of a workspace found.</summary>
/// <param name="Today">n customers, ascending by id.</param>
/// <param name="Forecast">Of n, not rounded.</param>
/// <param name="Why">Of n: the parts of the mean forecast.</param>
/// <param name="PersonaOf">Persona by customer; null where there are none.</param>
public sealed record LifetimeWork(
    LifetimeValuation Valuation, LifetimeSnapshot Today, Forecast Forecast, ValueContributions Why, ValuedBase Valued, IReadOnlyDictionary<string, string>? PersonaOf)
{
    /// <summary>Models are tried on, and learn from windows of, about this many customers at most; everybody is valued.</summary>
    internal const int MostTried = 20_000;

    /// <summary>One line.</summary>
    public string Outcome => $"{Today.Customers.Count:N0} customers   mean: {Valuation.Mean.Name}";

    /// <summary>Lets models compete over the past, learns the chosen ones from all history, and values everybody.</summary>
    /// <param name="work">The engine that holds <c>orders</c>.</param>
    /// <param name="asOf">What is known.</param>
    internal static async Task<LifetimeWork> Learn(
        EngineClient work, LifetimeSettings settings, ulong seed, Ledger ledger, AsOf asOf, int threads, IProgress<string>? progress, CancellationToken cancel)
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
        var today = (await PurchaseDays.At(work, cutoff, horizon.After(cutoff), cancel: cancel)).WithoutTargets();
        var contenders = Contenders.All();
        var learning = LifetimeLearning.Learn(over, today, horizon, contenders, seed, threads, progress, cancel);
        progress?.Report($"{today.Customers.Count:N0} customers");
        var valuation = sample.IsEverybody ? learning.Valuation : learning.Valuation with
        {
            Notes = [.. learning.Valuation.Notes, FormattableString.Invariant($"Models were tried on about {MostTried:N0} of {known:N0} customers, drawn by their ids; all are valued.")],
        };
        var (forecast, why, customers) = Value(valuation, today, settings.DiscountRate, threads, cancel);
        var portfolio = new Portfolio(
            today.Cutoff, today.Until, valuation.Horizon, settings.DiscountRate, valuation.Mean.Name, valuation.Median.Name, valuation.Notes,
            ValueOfGroup.Of("all", customers), [], ValueAtRisk.Of(customers), HoldOut.Of(learning, contenders, cancel),
            BuyingHoldOut.Of(learning.Timeline, cancel), await Track(work, learning.Timeline, cancel),
            await Cohorts.Of(work, cutoff, cancel));
        return new(valuation, today, forecast, why, new(customers, portfolio, learning.Contest), null);
    }

    /// <summary>Values the customers of a snapshot with what was learned before.</summary>
    internal static (Forecast Forecast, ValueContributions Why, IReadOnlyList<CustomerValue> Customers) Value(
        LifetimeValuation valuation, LifetimeSnapshot today, double discountRate, int threads, CancellationToken cancel)
    {
        var forecast = valuation.Value(today, threads, cancel);
        var why = valuation.Explain(today, threads, cancel);
        var outlook = valuation.Law is { } law ? BuyingOutlook.Of(law, today, discountRate, threads, cancel) : null;
        return (forecast, why, CustomerValues.Of(
            today, forecast, valuation.Rank(today, forecast, threads, cancel), valuation.Interval(forecast, .8), valuation.Interval(forecast, .95), outlook, why, discountRate));
    }

    /// <summary>The same, with totals by persona.</summary>
    /// <param name="personaOf">Of every customer that has one.</param>
    /// <param name="personas">All names, in the order to show them.</param>
    internal LifetimeWork With(IEnumerable<(string Customer, string Persona)> personaOf, IReadOnlyList<string> personas)
    {
        var known = personaOf.ToDictionary(each => each.Customer, each => each.Persona, StringComparer.Ordinal);
        return this with
        {
            PersonaOf = known,
            Valued = Valued with { Portfolio = Valued.Portfolio with { Personas = Portfolio.ByPersona(Valued.Customers, known, personas) } },
        };
    }

    private static async Task<RepeatTracking?> Track(EngineClient work, LifetimeTimeline timeline, CancellationToken cancel) =>
        timeline.Judged is [.., var at] && timeline.Fit(new PurchaseContender(PurchaseLawName.MbgNbd), at, cancel).Model is PurchaseModel model
            ? await RepeatTracking.Of(work, model.Purchases, timeline.Snapshots[at].Cutoff, timeline.Snapshots[at].Until, cancel)
            : null;
}
