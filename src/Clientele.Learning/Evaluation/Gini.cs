namespace Clientele.Learning;

/// <summary>
/// How well predictions put customers in the order of their actual value: 2·mean(running share of actual value, best prediction first) − 1.
/// Rows of equal prediction count with the average over their orders. Source: the metric of Wang, Liu &amp; Miao (2019), arXiv:1912.07753; no 1/n term.
/// </summary>
public static class Gini
{
    /// <param name="actual">n, with a sum above 0.</param>
    public static double Score(IReadOnlyList<double> actual, IReadOnlyList<double> predicted)
    {
        var (y, p) = Pairs.Of(actual, predicted);
        return Score(y, p);
    }

    /// <summary>As a share of what the perfect order reaches: 1 is perfect, near 0 chance.</summary>
    /// <param name="actual">n, with a sum above 0.</param>
    public static double Normalised(IReadOnlyList<double> actual, IReadOnlyList<double> predicted)
    {
        var (y, p) = Pairs.Of(actual, predicted);
        return Score(y, p) / Score(y, y);
    }

    private static double Score(double[] y, double[] p)
    {
        var ranked = new RankedTotals(y, p);
        return ranked.Total > 0
            ? 2 * ranked.MeanTotal() / ranked.Total - 1
            : throw new ArgumentException("The actual values must have a sum above 0.");
    }
}
