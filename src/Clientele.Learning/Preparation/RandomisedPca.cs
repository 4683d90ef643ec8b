using System.Runtime.Intrinsics;

namespace Clientele.Learning;

public sealed record RandomisedPcaOptions
{
    /// <summary>Components kept, 1 … min(n, d).</summary>
    public required int Components { get; init; }
    /// <summary>Directions searched beyond those kept, ≥ 0.</summary>
    public int Oversampling { get; init; } = 10;
    /// <summary>Rounds that pull the search towards the leading directions, ≥ 0. Slowly falling variances want more.</summary>
    public int PowerIterations { get; init; } = 7;
    /// <summary>Same seed, same rows: same bits, on any number of threads.</summary>
    public ulong Seed { get; init; } = 42;
    /// <summary>At most this many threads; 0: all cores.</summary>
    public int Threads { get; init; }
}

/// <summary>The leading principal components of a wide table, without its d × d covariance.</summary>
/// <remarks>
/// Subspace iteration from random directions: V ← orth(XᵀXV), then the components inside span V. Source: Halko, Martinsson &amp; Tropp (2011),
/// SIAM Review 53(2), algorithm 4.4, from the side of the columns. Cost 4·n·d·(k + oversampling) a round, k-th variance off by a factor (σ_l/σ_k)^(4·rounds).
/// </remarks>
public static class RandomisedPca
{
    private const int Stripes = 16, Lanes = 8;

    /// <param name="rows">n × d, finite, n ≥ 2.</param>
    public static PcaState Fit(Matrix rows, RandomisedPcaOptions options, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        NotFiniteException.Refuse(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Rows, 2, nameof(rows));
        int most = Math.Min(rows.Rows, rows.Columns), kept = options.Components;
        ArgumentOutOfRangeException.ThrowIfLessThan(kept, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(kept, most, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Oversampling, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.PowerIterations, nameof(options));

        var (mean, total) = Moments(rows);
        int directions = Math.Min(most, kept + options.Oversampling);
        var basis = Random(rows.Columns, directions, options.Seed);
        for (int round = 0; round <= options.PowerIterations; round++)
        {
            basis = Apply(rows, mean, basis, options.Threads, cancel);
            Orthonormalise(basis, directions);
        }
        // Inside the span, XᵀX is the small matrix VᵀXᵀXV.
        var image = Apply(rows, mean, basis, options.Threads, cancel);
        var eigen = SymmetricEigen.Of(Inner(basis, image, directions));
        var components = new Matrix(kept, rows.Columns);
        for (int c = 0; c < kept; c++)
        {
            for (int j = 0; j < rows.Columns; j++)
                for (int l = 0; l < directions; l++)
                    components[c, j] += eigen.Vectors[c, l] * basis[j, l];
            Pca.Orient(components.Row(c));
        }
        double[] variances = [.. eigen.Values.Take(kept).Select(value => Math.Max(0, value) / (rows.Rows - 1))];
        return new(mean, components, variances, [.. variances.Select(variance => total > 0 ? variance / total : 0)]);
    }

    private static (double[] Mean, double Total) Moments(Matrix rows)
    {
        var mean = new double[rows.Columns];
        for (int i = 0; i < rows.Rows; i++)
            for (int j = 0; j < mean.Length; j++)
                mean[j] += rows[i, j];
        for (int j = 0; j < mean.Length; j++)
            mean[j] /= rows.Rows;
        double squares = 0;
        for (int i = 0; i < rows.Rows; i++)
            for (int j = 0; j < mean.Length; j++)
                squares += (rows[i, j] - mean[j]) * (rows[i, j] - mean[j]);
        return (mean, squares / (rows.Rows - 1));
    }

    // d × directions, padded with columns of 0 to whole vectors.
    private static Matrix Random(int d, int directions, ulong seed)
    {
        var random = new RandomStream(seed);
        var basis = new Matrix(d, (directions + Lanes - 1) / Lanes * Lanes);
        for (int j = 0; j < d; j++)
            for (int l = 0; l < directions; l++)
                basis[j, l] = random.Gaussian();
        return basis;
    }

    // (X−1μᵀ)ᵀ(X−1μᵀ)V: stripes of rows, as many on any machine, merged in their order.
    private static Matrix Apply(Matrix rows, double[] mean, Matrix basis, int threads, CancellationToken cancel)
    {
        var parts = new Matrix[Math.Min(Stripes, rows.Rows)];
        Workers.Run(parts.Length, threads, stripe =>
        {
            var part = parts[stripe] = new(basis.Rows, basis.Columns);
            double[] centred = new double[mean.Length], scores = new double[basis.Columns];
            int first = (int)((long)rows.Rows * stripe / parts.Length), end = (int)((long)rows.Rows * (stripe + 1) / parts.Length);
            for (int i = first; i < end; i++)
            {
                cancel.ThrowIfCancellationRequested();
                var row = rows.Row(i);
                Array.Clear(scores);
                for (int j = 0; j < centred.Length; j++)
                {
                    centred[j] = row[j] - mean[j];
                    AddScaled(scores, basis.Row(j), centred[j]);
                }
                for (int j = 0; j < centred.Length; j++)
                    AddScaled(part.Row(j), scores, centred[j]);
            }
        }, cancel);
        foreach (var part in parts.AsSpan(1))
            AddScaled(parts[0].Values, part.Values, 1);
        return parts[0];
    }

    // Lanes are directions: none is ever added to another, so every width of hardware gives the same bits.
    private static void AddScaled(Span<double> sums, ReadOnlySpan<double> values, double factor)
    {
        var factors = Vector512.Create(factor);
        for (int at = 0; at < sums.Length; at += Lanes)
            (Vector512.Create<double>(sums[at..]) + factors * Vector512.Create(values[at..])).CopyTo(sums[at..]);
    }

    // Gram–Schmidt, each direction twice (Giraud, Langou & Rozložník 2005: twice is enough). One that is used up becomes 0.
    private static void Orthonormalise(Matrix basis, int directions)
    {
        for (int l = 0; l < directions; l++)
        {
            double before = Math.Sqrt(Product(basis, l, l));
            for (int pass = 0; pass < 2; pass++)
                for (int k = 0; k < l; k++)
                {
                    double overlap = Product(basis, k, l);
                    for (int j = 0; j < basis.Rows; j++)
                        basis[j, l] -= overlap * basis[j, k];
                }
            double length = Math.Sqrt(Product(basis, l, l));
            for (int j = 0; j < basis.Rows; j++)
                basis[j, l] = length > 1e-13 * before ? basis[j, l] / length : 0;
        }
    }

    private static double Product(Matrix basis, int a, int b)
    {
        double sum = 0;
        for (int j = 0; j < basis.Rows; j++)
            sum += basis[j, a] * basis[j, b];
        return sum;
    }

    private static Matrix Inner(Matrix basis, Matrix image, int directions)
    {
        var inner = new Matrix(directions, directions);
        for (int j = 0; j < basis.Rows; j++)
            for (int a = 0; a < directions; a++)
                for (int b = 0; b < directions; b++)
                    inner[a, b] += basis[j, a] * image[j, b];
        // Symmetric but for rounding; the eigenvectors want it exact.
        for (int a = 0; a < directions; a++)
            for (int b = 0; b < a; b++)
                inner[a, b] = inner[b, a] = (inner[a, b] + inner[b, a]) / 2;
        return inner;
    }
}
