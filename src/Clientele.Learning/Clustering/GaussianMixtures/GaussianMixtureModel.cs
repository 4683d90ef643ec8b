using System.Buffers;
using System.Text.Json.Serialization;

namespace Clientele.Learning;

/// <summary>A weighted sum of normal distributions. A row belongs to each component with a probability.</summary>
/// <param name="Weights">k, each &gt; 0, their sum 1.</param>
/// <param name="Means">k × d.</param>
/// <param name="Covariances">Full: k·d × d, one matrix below the other. Diagonal: k × d variances. Tied: d × d.</param>
public sealed record GaussianMixtureModel(MixtureCovariance Covariance, IReadOnlyList<double> Weights, Matrix Means, Matrix Covariances) : IClusterModel
{
    [JsonIgnore]
    public int Clusters => Means.Rows;

    /// <summary>Free numbers p: weights, means and covariances.</summary>
    [JsonIgnore]
    public int Parameters
    {
        get
        {
            int k = Clusters, d = Means.Columns;
            return k - 1 + k * d + Covariance switch
            {
                MixtureCovariance.Full => k * d * (d + 1) / 2,
                MixtureCovariance.Diagonal => k * d,
                _ => d * (d + 1) / 2,
            };
        }
    }

    /// <summary>The most probable component of every row. Distances are Mahalanobis', to that component: in its own standard deviations.</summary>
    public Assignment Assign(Matrix rows, int threads = 0)
    {
        var (labels, distances, seconds) = (new int[rows.Rows], new double[rows.Rows], new int[rows.Rows]);
        ByChunk(rows, threads, (first, count, squares, bases) =>
        {
            for (int i = 0; i < count; i++)
                (labels[first + i], distances[first + i], seconds[first + i]) = Likeliest(squares, bases, i);
        });
        return new(labels, distances, seconds);
    }

    /// <summary>Probability of every row to be of every component.</summary>
    /// <returns>n × k; a row's sum is 1.</returns>
    public Matrix Memberships(Matrix rows, int threads = 0)
    {
        var shares = new Matrix(rows.Rows, Clusters);
        ByChunk(rows, threads, (first, count, squares, bases) =>
        {
            Span<double> best = stackalloc double[MixtureRows.Chunk], sum = stackalloc double[MixtureRows.Chunk];
            MixturePass.Share(squares, bases, best, sum);
            for (int i = 0; i < count; i++)
                for (int c = 0; c < Clusters; c++)
                    shares[first + i, c] = squares[c * MixtureRows.Chunk + i];
        });
        return shares;
    }

    /// <summary>Natural logarithm of the mixture's density at every row.</summary>
    public double[] LogDensities(Matrix rows, int threads = 0)
    {
        var logs = new double[rows.Rows];
        ByChunk(rows, threads, (first, count, squares, bases) =>
        {
            Span<double> best = stackalloc double[MixtureRows.Chunk], sum = stackalloc double[MixtureRows.Chunk];
            MixturePass.Share(squares, bases, best, sum);
            for (int i = 0; i < count; i++)
                logs[first + i] = best[i] + Math.Log(sum[i]);
        });
        return logs;
    }

    /// <summary>Weights are stretched to add up to 1 again.</summary>
    public IClusterModel Take(IReadOnlyList<int> clusters)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        double total = clusters.Sum(c => Weights[c]);
        int d = Means.Columns;
        var covariances = Covariance switch
        {
            MixtureCovariance.Full => Covariances.Take([.. clusters.SelectMany(c => Enumerable.Range(c * d, d))]),
            MixtureCovariance.Diagonal => Covariances.Take(clusters),
            _ => Covariances,
        };
        return new GaussianMixtureModel(Covariance, [.. clusters.Select(c => Weights[c] / total)], Means.Take(clusters), covariances);
    }

    /// <summary>d × d, or 1 × d variances when diagonal.</summary>
    internal Matrix CovarianceOf(int component) => Covariance switch
    {
        MixtureCovariance.Full => Covariances.Take([.. Enumerable.Range(component * Means.Columns, Means.Columns)]),
        MixtureCovariance.Diagonal => Covariances.Take([component]),
        _ => Covariances,
    };

    private static (int Label, double Distance, int Second) Likeliest(ReadOnlySpan<double> squares, ReadOnlySpan<double> bases, int lane)
    {
        (double best, int label) = (double.NegativeInfinity, 0);
        (double next, int second) = (double.NegativeInfinity, 0);
        for (int c = 0; c < bases.Length; c++)
        {
            double log = Math.FusedMultiplyAdd(squares[c * MixtureRows.Chunk + lane], -0.5, bases[c]);
            if (log > best)
            {
                if (c > 0)
                    (next, second) = (best, label);
                (best, label) = (log, c);
            }
            else if (log > next)
                (next, second) = (log, c);
        }
        return (label, Math.Sqrt(squares[label * MixtureRows.Chunk + lane]), second);
    }

    private delegate void ChunkMeasured(int first, int count, Span<double> squares, ReadOnlySpan<double> bases);

    private void ByChunk(Matrix rows, int threads, ChunkMeasured use)
    {
        NotFiniteException.Refuse(rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Columns, Means.Columns, nameof(rows));
        var density = new MixtureDensity(this);
        int d = rows.Columns;
        Workers.Run(MixtureRows.Blocks(rows.Rows), threads, block =>
        {
            double[] scratch = ArrayPool<double>.Shared.Rent((2 * d + Clusters) * MixtureRows.Chunk);
            var chunk = scratch.AsSpan(0, d * MixtureRows.Chunk);
            var gaps = scratch.AsSpan(chunk.Length, chunk.Length);
            var squares = scratch.AsSpan(2 * chunk.Length, Clusters * MixtureRows.Chunk);
            int end = Math.Min(rows.Rows, (block + 1) * MixtureRows.Block);
            for (int first = block * MixtureRows.Block; first < end; first += MixtureRows.Chunk)
            {
                int count = Math.Min(MixtureRows.Chunk, end - first);
                MixtureRows.Fill(rows, first, first + count, chunk);
                density.Measure(chunk, gaps, squares);
                use(first, count, squares, density.Bases);
            }
            ArrayPool<double>.Shared.Return(scratch);
        });
    }
}
