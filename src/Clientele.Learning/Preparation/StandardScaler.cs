namespace Clientele.Learning;

/// <summary>z-scores: (x − mean) / population standard deviation. A column that does not vary is only centred.</summary>
public static class StandardScaler
{
    public static StandardScalerState Fit(Matrix rows)
    {
        Columnwise.RequireRows(rows);
        var moments = Enumerable.Range(0, rows.Columns).Select(j => Columnwise.Moments(rows.Column(j))).ToArray();
        // Rounding leaves a constant column a deviation of a few last digits of its mean: that is no variation.
        return new(
            [.. moments.Select(m => m.Mean)],
            [.. moments.Select(m => m.Deviation <= 1e-14 * Math.Abs(m.Mean) || m.Deviation == 0 ? 1 : m.Deviation)]);
    }
}

/// <param name="Means">One per column.</param>
/// <param name="Scales">One per column, &gt; 0.</param>
public sealed record StandardScalerState(IReadOnlyList<double> Means, IReadOnlyList<double> Scales) : IInvertibleTransform
{
    public Matrix Transform(Matrix rows)
    {
        double[] means = [.. Means], scales = [.. Scales];
        return Columnwise.Map(rows, means.Length, (x, j) => (x - means[j]) / scales[j]);
    }

    public Matrix Invert(Matrix rows) => Columnwise.Map(rows, Means.Count, (z, j) => z * Scales[j] + Means[j]);
}
