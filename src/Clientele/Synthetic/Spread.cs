namespace Clientele.Synthetic;

/// <summary>A log-normal quantity that differs from customer to customer.</summary>
/// <param name="Median">What half of the customers lie below, &gt; 0.</param>
/// <param name="Deviation">Standard deviation of the logarithm, ≥ 0.</param>
internal readonly record struct Spread(double Median, double Deviation)
{
    /// <param name="factor">Scales the deviation: below 1 customers are more alike.</param>
    public double Draw(ref Chance chance, double factor) => Median * Math.Exp(Deviation * factor * chance.Normal());

    /// <summary>The same median and deviation with the heavy tails of what people spend: log-Laplace, in other words double Pareto (Reed 2001, Economics Letters 74).</summary>
    public double DrawHeavy(ref Chance chance, double factor) => Median * Math.Exp(Deviation * factor * chance.Laplace());
}
