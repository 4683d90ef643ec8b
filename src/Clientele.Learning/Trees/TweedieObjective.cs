namespace Clientele.Learning;

/// <summary>
/// Deviances with f = ln mean: Poisson (ρ = 1), Tweedie (1 &lt; ρ &lt; 2), Gamma (ρ = 2). Gradient e^((2−ρ)f) − y·e^((1−ρ)f), hessian its derivative.
/// Source: Jørgensen (1987), J. R. Statist. Soc. B 49(2).
/// </summary>
internal sealed class TweedieObjective(double[] target, double[] weights, double power) : Objective(target, weights)
{
    // A mean of 0 has no logarithm: this far below 1 it is 0 for every purpose.
    private const double Least = -30;

    public override double[] Start(ReadOnlySpan<int> rows) => [Math.Max(Least, Math.Log(WeightedMean(rows, y => y)))];

    public override void Derive(double[] raw, int first, int end, double[] gradients, double[] hessians)
    {
        for (int i = first; i < end; i++)
        {
            double mean = power == 2 ? 1 : Math.Exp((2 - power) * raw[i]), share = Target[i] * (power == 1 ? 1 : Math.Exp((1 - power) * raw[i]));
            (gradients[i], hessians[i]) = (mean - share, (2 - power) * mean - (1 - power) * share);
        }
    }

    /// <summary>Unit deviance.</summary>
    public override double Loss(double[] raw, int row)
    {
        double y = Target[row], mean = Math.Exp(raw[row]);
        return 2 * power switch
        {
            1 => (y > 0 ? y * (Math.Log(y) - raw[row]) : 0) - y + mean,
            2 => raw[row] - Math.Log(y) + y / mean - 1,
            _ => Math.Pow(y, 2 - power) / ((1 - power) * (2 - power)) - y * Math.Pow(mean, 1 - power) / (1 - power) + Math.Pow(mean, 2 - power) / (2 - power),
        };
    }
}
