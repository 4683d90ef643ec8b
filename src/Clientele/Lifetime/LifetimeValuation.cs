using System.Text.Json.Serialization;
using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>All that it takes to value customers: plain data, bit-equal after a trip through JSON.</summary>
/// <param name="Cutoff">First day that it did not know when it learned.</param>
/// <param name="Horizon">As people write it; <see cref="Lifetime.Horizon.TryParse"/> reads it.</param>
/// <param name="Mean">Gives mean forecasts, and explains them.</param>
/// <param name="Median">Gives median forecasts.</param>
/// <param name="Ranking">Its mean forecasts put customers in order.</param>
/// <param name="Calibration">Intervals around the mean forecast; none where no earlier window tells how far off forecasts are.</param>
/// <param name="Purchases">MBG/NBD × Gamma–Gamma, whoever was chosen: P(alive) and expected orders come from it, because one-time buyers may be gone in it. Null where too few bought again.</param>
/// <param name="Notes">What to know before trusting it; empty as a rule.</param>
public sealed record LifetimeValuation(
    DateOnly Cutoff, string Horizon, ChosenModel Mean, ChosenModel Median, ChosenModel Ranking, IntervalCalibration Calibration, PurchaseModel? Purchases, IReadOnlyList<string> Notes)
{
    /// <summary>When customers buy again and whether they still are customers; null where too few bought again.</summary>
    [JsonIgnore]
    public MbgNbd? Law => Purchases?.Purchases as MbgNbd;

    /// <summary>The horizon.</summary>
    [JsonIgnore]
    public Horizon Ahead => Lifetime.Horizon.TryParse(Horizon, out var horizon) ? horizon : throw new InvalidOperationException($"'{Horizon}' is no horizon.");

    public Forecast Value(LifetimeSnapshot snapshot, int threads = 0, CancellationToken cancel = default)
    {
        var mean = Mean.Model.Value(snapshot, threads, cancel);
        return Mean.Name == Median.Name ? mean : mean with { Median = Median.Model.Value(snapshot, threads, cancel).Median };
    }

    /// <summary>n amounts, the best customer's the greatest.</summary>
    /// <param name="forecast">Of the same customers.</param>
    public double[] Rank(LifetimeSnapshot snapshot, Forecast forecast, int threads = 0, CancellationToken cancel = default) =>
        Ranking.Name == Mean.Name ? forecast.Mean : Ranking.Model.Value(snapshot, threads, cancel).Mean;

    /// <summary>Parts of the mean forecast.</summary>
    public ValueContributions Explain(LifetimeSnapshot snapshot, int threads = 0, CancellationToken cancel = default) => Mean.Model.Explain(snapshot, threads, cancel);

    /// <summary>Spend as likely as <paramref name="coverage"/> between; null where there is nothing to tell from.</summary>
    /// <param name="coverage">.8 or .95.</param>
    public PredictionInterval[]? Interval(Forecast forecast, double coverage) => Calibration.Intervals.SingleOrDefault(rule => rule.Coverage == coverage)?.Around(forecast.Mean);
}

/// <param name="Name">Of the contender that learned it.</param>
public sealed record ChosenModel(string Name, IValueModel Model);
