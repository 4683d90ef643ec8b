namespace Clientele.Learning;

/// <param name="Statistic">Σ (observed − expected)² / expected; +∞ where something was seen that was expected never.</param>
/// <param name="PValue">Chance of a statistic this large or larger without drift, 0 … 1.</param>
public sealed record ChiSquareResult(double Statistic, int DegreesOfFreedom, double PValue);

/// <summary>Do counts follow given shares? Source: Pearson (1900), Phil. Mag. 50(302).</summary>
public static class ChiSquare
{
    /// <summary>The current counts against the shares of the reference, taken as known; k − 1 degrees of freedom.</summary>
    /// <param name="reference">k counts, ≥ 0, one of them &gt; 0.</param>
    /// <param name="current">k counts, ≥ 0, in the same order.</param>
    /// <remarks>A category that the reference never had makes the statistic infinite and p = 0: it was expected never.</remarks>
    public static ChiSquareResult Test(IReadOnlyList<double> reference, IReadOnlyList<double> current)
    {
        Shares.RequirePair(reference, current);
        double scale = current.Sum() / reference.Sum(), statistic = 0;
        for (int i = 0; i < reference.Count; i++)
        {
            double expected = reference[i] * scale, gap = current[i] - expected;
            if (gap != 0)
                statistic += gap * gap / expected;
        }
        int freedom = reference.Count - 1;
        return new(statistic, freedom, freedom == 0 ? 1 : Survival(statistic, freedom));
    }

    /// <summary>P(χ² ≥ statistic).</summary>
    internal static double Survival(double statistic, int freedom) => IncompleteGamma.Upper(freedom / 2.0, statistic / 2);
}
