namespace Clientele.Learning;

public sealed record PcaOptions
{
    /// <summary>Keeps the least number of components whose variances add up to this share, 0 … 1.</summary>
    public double MinVariance { get; init; } = 0.8;
    /// <summary>Keeps this many instead, 1 … d.</summary>
    public int? Components { get; init; }
}

/// <summary>Principal components: directions of greatest variance. Source: Pearson (1901); Hotelling (1933).</summary>
public static class Pca
{
    /// <param name="rows">n × d, finite, n ≥ 2.</param>
    public static PcaState Fit(Matrix rows, PcaOptions? options = null)
    {
        options ??= new();
        NotFiniteException.Refuse(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Rows, 2, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Columns, 1, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfNegative(options.MinVariance, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MinVariance, 1, nameof(options));
        var (mean, covariance) = Covariance(rows);
        var eigen = SymmetricEigen.Of(covariance);
        double[] variances = [.. eigen.Values.Select(value => Math.Max(0, value))];
        double total = variances.Sum();
        double[] shares = [.. variances.Select(value => total > 0 ? value / total : 0)];
        int kept = options.Components ?? Reaching(shares, options.MinVariance);
        ArgumentOutOfRangeException.ThrowIfLessThan(kept, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(kept, rows.Columns, nameof(options));
        var components = eigen.Vectors.Take([.. Enumerable.Range(0, kept)]);
        for (int c = 0; c < kept; c++)
            Orient(components.Row(c));
        return new(mean, components, variances[..kept], shares[..kept]);
    }

    private static int Reaching(double[] shares, double least)
    {
        double reached = 0;
        for (int c = 0; c < shares.Length; c++)
            if ((reached += shares[c]) >= least - 1e-12)
                return c + 1;
        return shares.Length;
    }

    // The loading of greatest size is positive (of equally great ones, the first): the sign depends on the directions alone.
    internal static void Orient(Span<double> component)
    {
        int largest = 0;
        for (int j = 1; j < component.Length; j++)
            if (Math.Abs(component[j]) > Math.Abs(component[largest]))
                largest = j;
        if (component[largest] < 0)
            foreach (ref double loading in component)
                loading = -loading;
    }

    internal static (double[] Mean, Matrix Covariance) Covariance(Matrix rows)
    {
        int n = rows.Rows, d = rows.Columns;
        var mean = new double[d];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < d; j++)
                mean[j] += rows[i, j];
        for (int j = 0; j < d; j++)
            mean[j] /= n;
        var covariance = new Matrix(d, d);
        var centred = new double[d];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < d; j++)
                centred[j] = rows[i, j] - mean[j];
            for (int p = 0; p < d; p++)
                for (int q = p; q < d; q++)
                    covariance[p, q] += centred[p] * centred[q];
        }
        for (int p = 0; p < d; p++)
            for (int q = p; q < d; q++)
                covariance[q, p] = covariance[p, q] /= n - 1;
        return (mean, covariance);
    }
}
