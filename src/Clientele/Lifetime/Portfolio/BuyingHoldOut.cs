using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>Whether customers bought at all in the window of the latest cut-off that models were tried at, beside the chance that MBG/NBD had given them.</summary>
/// <param name="Brier">Mean (bought − chance)²; 0 is perfect.</param>
/// <param name="BrierOfShare">The same where everybody is given the share that bought: to be beaten.</param>
/// <param name="Bands">Low risk first; those without customers are left out.</param>
public sealed record BuyingHoldOut(DateOnly Cutoff, int Customers, double Brier, double BrierOfShare, IReadOnlyList<BuyingBand> Bands)
{
    /// <summary>Null where models were tried nowhere, or too few had bought again.</summary>
    internal static BuyingHoldOut? Of(LifetimeTimeline timeline, CancellationToken cancel)
    {
        if (timeline.Judged is not [.., var at] || timeline.Fit(new PurchaseContender(PurchaseLawName.MbgNbd), at, cancel).Model is not PurchaseModel model)
            return null;
        var now = timeline.Snapshots[at];
        return Of(now, PurchaseForecast.Any(model.Purchases, HistoryGroups.Of(now.Histories), now.SeasonalDays, timeline.Threads, cancel));
    }

    /// <param name="snapshot">With its targets; n ≥ 1.</param>
    /// <param name="chance">n.</param>
    public static BuyingHoldOut Of(LifetimeSnapshot snapshot, IReadOnlyList<double> chance)
    {
        double[] bought = [.. snapshot.TargetDays.Select(days => days > 0 ? 1.0 : 0)];
        double share = bought.Average();
        var bands = Enumerable.Range(0, bought.Length).GroupBy(i => ChurnRisks.Of(chance[i])).OrderBy(band => band.Key)
            .Select(band => new BuyingBand(band.Key, band.Count(), band.Average(i => chance[i]), band.Average(i => bought[i])));
        return new(snapshot.Cutoff, bought.Length, bought.Zip(chance, (was, said) => (was - said) * (was - said)).Average(), share * (1 - share), [.. bands]);
    }
}

/// <param name="Said">Mean chance of a purchase that was given.</param>
/// <param name="Bought">Share that did buy.</param>
public sealed record BuyingBand(ChurnRisk Risk, int Customers, double Said, double Bought);
