namespace Clientele.Learning;

/// <summary>(x − median) / (Q3 − Q1), quantiles linearly interpolated; where the quartiles coincide, only centred.</summary>
public static class RobustScaler
{
    public static RobustScalerState Fit(Matrix rows)
    {
        Columnwise.RequireRows(rows);
        var (medians, scales) = (new double[rows.Columns], new double[rows.Columns]);
        for (int j = 0; j < rows.Columns; j++)
        {
            double[] sorted = rows.Column(j);
            Array.Sort(sorted);
            medians[j] = Columnwise.Quantile(sorted, 0.5);
            double range = Columnwise.Quantile(sorted, 0.75) - Columnwise.Quantile(sorted, 0.25);
            scales[j] = range > 0 ? range : 1;
        }
        return new(medians, scales);
    }
}

/// <param name="Medians">One per column.</param>
/// <param name="Scales">Interquartile ranges, one per column, &gt; 0.</param>
public sealed record RobustScalerState(IReadOnlyList<double> Medians, IReadOnlyList<double> Scales) : IInvertibleTransform
{
    public Matrix Transform(Matrix rows) => Columnwise.Map(rows, Medians.Count, (x, j) => (x - Medians[j]) / Scales[j]);

    public Matrix Invert(Matrix rows) => Columnwise.Map(rows, Medians.Count, (z, j) => z * Scales[j] + Medians[j]);
}
