namespace Clientele.Learning;

/// <summary>ln amount is normal around the location; its deviation is softplus of the spread, ln(1 + eˢ).</summary>
/// <param name="Location">Of μ, the mean of ln amount.</param>
/// <param name="Spread">Of s, σ = ln(1 + eˢ). All coefficients 0: the same deviation for every row.</param>
public sealed record LogNormalAmount(LinearModel Location, LinearModel Spread) : AmountModel
{
    /// <summary>s with ln(1 + eˢ) = σ.</summary>
    internal static double SpreadOf(double deviation) => deviation > 30 ? deviation : Math.Log(Elementary.ExpMinusOne(deviation));

    /// <summary>σ = ln(1 + eˢ).</summary>
    internal static double DeviationOf(double spread) => Math.Max(spread, 0) + Elementary.LogOnePlus(Math.Exp(-Math.Abs(spread)));

    /// <summary>exp(μ + σ²/2).</summary>
    public override double[] Mean(Matrix rows) => Each(rows, (_, mu, sigma) => Math.Exp(mu + sigma * sigma / 2));

    /// <summary>exp(μ + σ·Φ⁻¹(share)).</summary>
    public override double[] Quantile(Matrix rows, IReadOnlyList<double> shares) =>
        Each(rows, (i, mu, sigma) => shares[i] <= 0 ? 0 : Math.Exp(mu + sigma * NormalDistribution.Quantile(shares[i])));

    public override double[] LogDensity(Matrix rows, IReadOnlyList<double> amounts) =>
        Each(rows, (i, mu, sigma) => amounts[i] <= 0 ? 0 : -Loss(Math.Log(amounts[i]), mu, sigma));

    /// <summary>ln(y·σ·√2π) + (ln y − μ)²/(2σ²).</summary>
    internal static double Loss(double logAmount, double mu, double sigma)
    {
        double gap = (logAmount - mu) / sigma;
        return logAmount + Math.Log(sigma) + 0.5 * Math.Log(2 * Math.PI) + gap * gap / 2;
    }

    private double[] Each(Matrix rows, Func<int, double, double, double> of)
    {
        double[] mu = Location.Predict(rows), s = Spread.Predict(rows);
        for (int i = 0; i < mu.Length; i++)
            mu[i] = of(i, mu[i], DeviationOf(s[i]));
        return mu;
    }
}
