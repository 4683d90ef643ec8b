namespace Clientele.Lifetime;

/// <summary>What a model says of every customer of a snapshot.</summary>
/// <param name="Mean">n, expected spend in the window, ≥ 0: what sums to the portfolio, and is judged by its squared error.</param>
/// <param name="Median">n, as likely exceeded as not, ≥ 0: judged by its absolute error. 0 for whoever buys again less likely than not.</param>
public sealed record Forecast(double[] Mean, double[] Median)
{
    /// <summary>No customer is expected to spend below 0: returns are netted, never predicted.</summary>
    public static Forecast Of(IEnumerable<double> mean, IEnumerable<double> median) =>
        new([.. mean.Select(value => Math.Max(0, value))], [.. median.Select(value => Math.Max(0, value))]);
}
