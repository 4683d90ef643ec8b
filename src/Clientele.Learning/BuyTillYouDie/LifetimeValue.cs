namespace Clientele.Learning;

/// <summary>What customers are worth: expected purchases, each discounted to the cut-off, times the expected value of one.</summary>
public static class LifetimeValue
{
    /// <summary>n values in the unit of the spends, over all the future.</summary>
    /// <param name="spends">n mean values of the repeat purchases; not read where there were none.</param>
    /// <param name="rate">δ &gt; 0, continuous, per unit of time.</param>
    public static double[] WithoutEnd(
        IPurchaseModel model, GammaGamma value, HistoryGroups groups, IReadOnlyList<double> spends, double rate, int threads = 0, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        return Of(model, (one, history) => one.DiscountedWhileAlive(history, rate), value, groups, spends, threads, cancel);
    }

    /// <summary>n values in the unit of the spends, within a horizon.</summary>
    /// <param name="rate">δ ≥ 0.</param>
    /// <inheritdoc cref="WithoutEnd"/>
    public static double[] Within(
        IPurchaseModel model, GammaGamma value, HistoryGroups groups, IReadOnlyList<double> spends, double rate, double horizon, int threads = 0, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        ArgumentOutOfRangeException.ThrowIfNegative(horizon);
        return Of(model, (one, history) => one.DiscountedWhileAlive(history, rate, horizon), value, groups, spends, threads, cancel);
    }

    private static double[] Of(
        IPurchaseModel model, Func<IPurchaseModel, PurchaseHistory, double> whileAlive, GammaGamma value, HistoryGroups groups, IReadOnlyList<double> spends,
        int threads, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(spends);
        ArgumentOutOfRangeException.ThrowIfNotEqual(spends.Count, groups.GroupOf.Length, nameof(spends));
        double[] purchases = PurchaseForecast.Of([model], groups, whileAlive, threads, cancel).Expected;
        return [.. purchases.Select((expected, i) => expected == 0 ? 0 : expected * value.ExpectedSpend(groups.Histories.Frequency[groups.GroupOf[i]], spends[i]))];
    }
}
