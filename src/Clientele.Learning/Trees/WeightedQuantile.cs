namespace Clientele.Learning;

/// <summary>
/// Quantile of weighted values: the i-th of n sorted values stands at (i−1)·w_i + (n−1)·Σ of the weights before it, between neighbours a straight
/// line. With equal weights that is the usual interpolation at position (n−1)·level.
/// </summary>
internal static class WeightedQuantile
{
    /// <param name="values">One per row; sorted on return.</param>
    /// <param name="rows">Whose weights they carry.</param>
    public static double Of(double[] values, ReadOnlySpan<int> rows, Objective objective, double level)
    {
        if (objective.Weights.Length == 0)
        {
            Array.Sort(values);
            return Columnwise.Quantile(values, level);
        }
        double[] weights = new double[values.Length];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = objective.Weight(rows[i]);
        Array.Sort(values, weights);
        int n = values.Length;
        double total = 0;
        foreach (double weight in weights)
            total += weight;
        double sought = level * total * (n - 1), before = 0, last = 0;
        for (int i = 0; i < n; i++)
        {
            double place = i * weights[i] + (n - 1) * before;
            if (place >= sought)
                return i == 0 || place == last ? values[i] : values[i - 1] + (values[i] - values[i - 1]) * Math.Clamp((sought - last) / (place - last), 0, 1);
            (before, last) = (before + weights[i], place);
        }
        return values[n - 1];
    }
}
