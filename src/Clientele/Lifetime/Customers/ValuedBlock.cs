namespace Clientele.Lifetime;

/// <summary>Some customers, valued and explained.</summary>
/// <param name="Snapshot">n customers, ascending by id.</param>
/// <param name="Forecast">Of n, not rounded.</param>
/// <param name="Why">Of n: the parts of the mean forecast.</param>
/// <param name="Values">n.</param>
public sealed record ValuedBlock(LifetimeSnapshot Snapshot, Forecast Forecast, ValueContributions Why, IReadOnlyList<RankedValue> Values)
{
    /// <param name="annualRate">Discount rate of a year.</param>
    public static ValuedBlock Of(LifetimeValuation valuation, LifetimeSnapshot snapshot, double annualRate, int threads = 0, CancellationToken cancel = default)
    {
        var forecast = valuation.Value(snapshot, threads, cancel);
        var why = valuation.Explain(snapshot, threads, cancel);
        return new(snapshot, forecast, why, Value(valuation, snapshot, forecast, why, annualRate, threads, cancel));
    }

    /// <summary>The values alone, without drivers.</summary>
    internal static IReadOnlyList<RankedValue> Unexplained(LifetimeValuation valuation, LifetimeSnapshot snapshot, double annualRate, int threads) =>
        Value(valuation, snapshot, valuation.Value(snapshot, threads), null, annualRate, threads, default);

    private static IReadOnlyList<RankedValue> Value(
        LifetimeValuation valuation, LifetimeSnapshot snapshot, Forecast forecast, ValueContributions? why, double annualRate, int threads, CancellationToken cancel)
    {
        var outlook = valuation.Law is { } law ? BuyingOutlook.Of(law, snapshot, annualRate, threads, cancel) : null;
        return CustomerValues.Of(
            snapshot, forecast, valuation.Rank(snapshot, forecast, threads, cancel), valuation.Interval(forecast, .8), valuation.Interval(forecast, .95), outlook, why, annualRate);
    }
}
