namespace Clientele.Learning;

public enum QuantileShape
{
    /// <summary>0 … 1, every share of the range as full as any other.</summary>
    Uniform,
    /// <summary>The standard normal law, cut at ±5.1993 (one in ten million).</summary>
    Normal,
}

public sealed record QuantileOptions
{
    /// <summary>Quantiles kept per column, ≥ 2; no more than there are rows.</summary>
    public int Quantiles { get; init; } = 1000;
    public QuantileShape Shape { get; init; } = QuantileShape.Uniform;
}

/// <summary>Takes every column to a given shape by its ranks: order is kept, distances are not. Tames any outlier.</summary>
public static class QuantileTransform
{
    /// <param name="rows">n × d, finite, n ≥ 1; all of them count.</param>
    public static QuantileState Fit(Matrix rows, QuantileOptions? options = null)
    {
        options ??= new();
        Columnwise.RequireRows(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Quantiles, 2, nameof(options));
        var quantiles = new Matrix(rows.Columns, Math.Min(options.Quantiles, rows.Rows));
        for (int j = 0; j < rows.Columns; j++)
        {
            double[] sorted = rows.Column(j);
            Array.Sort(sorted);
            var kept = quantiles.Row(j);
            kept[0] = sorted[0];
            for (int k = 1; k < kept.Length; k++)
                kept[k] = Math.Max(kept[k - 1], Columnwise.At(sorted, (double)k * (sorted.Length - 1) / (kept.Length - 1)));
        }
        return new(quantiles, options.Shape);
    }
}

/// <param name="Quantiles">Columns × kept quantiles at shares 0, 1/(q−1) … 1, ascending.</param>
public sealed record QuantileState(Matrix Quantiles, QuantileShape Shape) : IInvertibleTransform
{
    private const double Rarest = 1e-7;

    /// <remarks>Of tied quantiles the middle share; below the least 0, above the greatest 1; a constant column's value ½. As scikit-learn's QuantileTransformer, but for the last.</remarks>
    public Matrix Transform(Matrix rows) => Columnwise.Map(rows, Quantiles.Rows, (x, j) =>
    {
        double share = Share(Quantiles.Row(j), x);
        return Shape == QuantileShape.Uniform ? share : NormalDistribution.Quantile(Math.Clamp(share, Rarest, 1 - Rarest));
    });

    /// <remarks>Between kept quantiles on a straight line; values that were outside come back as the least or greatest.</remarks>
    public Matrix Invert(Matrix rows) => Columnwise.Map(rows, Quantiles.Rows, (y, j) =>
    {
        double share = Shape == QuantileShape.Uniform ? y : Uncut(NormalDistribution.Lower(y));
        return Columnwise.At(Quantiles.Row(j), Math.Clamp(share, 0, 1) * (Quantiles.Columns - 1));
    });

    private static double Uncut(double share) => share <= Rarest * (1 + 1e-6) ? 0 : share >= 1 - Rarest * (1 + 1e-6) ? 1 : share;

    private static double Share(ReadOnlySpan<double> quantiles, double x)
    {
        int last = quantiles.Length - 1;
        if (quantiles[0] == quantiles[last])
            return x < quantiles[0] ? 0 : x > quantiles[0] ? 1 : 0.5;
        if (x <= quantiles[0])
            return 0;
        if (x >= quantiles[last])
            return 1;
        int first = FirstNotBelow(quantiles, x);
        if (quantiles[first] > x)
            return (first - 1 + (x - quantiles[first - 1]) / (quantiles[first] - quantiles[first - 1])) / last;
        int end = first;
        while (quantiles[end + 1] == x)
            end++;
        return (first + end) / 2.0 / last;
    }

    private static int FirstNotBelow(ReadOnlySpan<double> sorted, double x)
    {
        (int low, int high) = (0, sorted.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = sorted[middle] < x ? (middle + 1, high) : (low, middle);
        }
        return low;
    }
}
