using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>How one model did at one cut-off. Every figure names what it judges.</summary>
/// <param name="Rmse">√ mean (spend − mean forecast)².</param>
/// <param name="MedianAbsolute">Mean |spend − median forecast|.</param>
/// <param name="Gini">Normalised, of the mean forecast; returns that exceed purchases count 0. Null where nobody spent.</param>
/// <param name="Spearman">Of the mean forecast; null where it does not vary.</param>
/// <param name="Bias">Σ mean forecast ÷ Σ spend − 1; null where nobody spent.</param>
public sealed record ContestEntry(string Model, DateOnly Cutoff, int Customers, double Rmse, double MedianAbsolute, double? Gini, double? Spearman, double? Bias)
{
    internal static ContestEntry Of(string model, LifetimeSnapshot snapshot, Forecast forecast)
    {
        double[] spend = snapshot.Spend(), positive = [.. spend.Select(value => Math.Max(0, value))];
        var mean = RegressionScores.Of(spend, forecast.Mean);
        bool ranks = positive.Any(value => value > 0);
        return new(
            model, snapshot.Cutoff, spend.Length, mean.Rmse, RegressionScores.Of(spend, forecast.Median).MeanAbsolute,
            ranks ? Learning.Gini.Normalised(positive, forecast.Mean) : null, Learning.Spearman.Score(positive, forecast.Mean), mean.Bias);
    }
}
