using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>One pass of expectation and maximisation over a block of rows. Source: Dempster, Laird &amp; Rubin (1977), JRSS B 39(1).</summary>
/// <remarks>Responsibilities live only as long as their chunk is in cache; logarithms are taken once for 256 rows, of products of sums that lie in 1 … k.</remarks>
internal static class MixturePass
{
    private const int Chunk = MixtureRows.Chunk, ChunksPerLogarithm = 8;

    /// <summary>The moments of a block under a mixture, and its log-likelihood.</summary>
    /// <param name="lanes">The rows of the block in the form of <see cref="MixtureRows"/>.</param>
    /// <param name="labels">Null, or of every row of the block the only component that it counts for.</param>
    public static void Run(ReadOnlySpan<double> lanes, int rows, MixtureDensity density, ReadOnlySpan<int> labels, MixtureMoments moments)
    {
        int k = density.Components, d = density.Columns, sums = k * moments.Length * 8;
        double[] scratch = ArrayPool<double>.Shared.Rent(sums + (k + d + 2) * Chunk);
        var sum = scratch.AsSpan(0, sums);
        var shares = scratch.AsSpan(sums, k * Chunk);
        var gaps = scratch.AsSpan(sums + k * Chunk, d * Chunk);
        var evidence = new Evidence(scratch.AsSpan(sums + (k + d) * Chunk, 2 * Chunk));
        sum.Clear();
        for (int first = 0; first < rows; first += Chunk)
        {
            var chunk = lanes.Slice(first * d, d * Chunk);
            if (labels.IsEmpty)
            {
                density.Measure(chunk, gaps, shares);
                Share(shares, density.Bases, evidence.Best, evidence.Sum);
                if (rows - first < Chunk)
                    Blank(shares, evidence, rows - first);
                evidence.Take();
            }
            else
                Only(labels[first..Math.Min(rows, first + Chunk)], shares);
            for (int c = 0; c < k; c++)
            {
                density.Subtract(chunk, c, gaps);
                moments.Add(shares.Slice(c * Chunk, Chunk), gaps, sum.Slice(c * moments.Length * 8, moments.Length * 8));
            }
        }
        moments.Gather(sum);
        moments.LogLikelihood = evidence.Total();
        ArrayPool<double>.Shared.Return(scratch);
    }

    /// <summary>Squared distances become shares: each row's add up to 1.</summary>
    /// <param name="shares">In: squared distances, k × 32. Out: shares.</param>
    /// <param name="best">Out, 32: the greatest logarithm of a component's weighted density.</param>
    /// <param name="sum">Out, 32: the row's density, in units of that greatest one.</param>
    public static void Share(Span<double> shares, ReadOnlySpan<double> bases, Span<double> best, Span<double> sum)
    {
        ref double share = ref MemoryMarshal.GetReference(shares);
        for (int lane = 0; lane < Chunk; lane += 8)
        {
            var most = Vector512.Create(double.NegativeInfinity);
            for (int c = 0; c < bases.Length; c++)
            {
                nuint at = (nuint)(c * Chunk + lane);
                var log = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref share, at), Vector512.Create(-0.5), Vector512.Create(bases[c]));
                log.StoreUnsafe(ref share, at);
                most = Vector512.Max(most, log);
            }
            var total = Vector512<double>.Zero;
            for (int c = 0; c < bases.Length; c++)
            {
                nuint at = (nuint)(c * Chunk + lane);
                var part = LaneExponential.OfNegative(Vector512.LoadUnsafe(ref share, at) - most);
                part.StoreUnsafe(ref share, at);
                total += part;
            }
            var inverse = Vector512<double>.One / total;
            for (int c = 0; c < bases.Length; c++)
            {
                nuint at = (nuint)(c * Chunk + lane);
                (Vector512.LoadUnsafe(ref share, at) * inverse).StoreUnsafe(ref share, at);
            }
            most.CopyTo(best[lane..]);
            total.CopyTo(sum[lane..]);
        }
    }

    // Lanes past the last row count for nothing.
    private static void Blank(Span<double> shares, Evidence evidence, int rows)
    {
        for (int at = 0; at < shares.Length; at += Chunk)
            shares.Slice(at + rows, Chunk - rows).Clear();
        evidence.Best[rows..].Clear();
        evidence.Sum[rows..].Fill(1);
    }

    private static void Only(ReadOnlySpan<int> labels, Span<double> shares)
    {
        shares.Clear();
        for (int i = 0; i < labels.Length; i++)
            shares[labels[i] * Chunk + i] = 1;
    }

    private ref struct Evidence(Span<double> scratch)
    {
        private Vector512<double> logs = Vector512<double>.Zero, product = Vector512<double>.One;
        private int chunks;
        private double total;

        public Span<double> Best { get; } = scratch[..Chunk];
        public Span<double> Sum { get; } = scratch[Chunk..];

        public void Take()
        {
            for (int lane = 0; lane < Chunk; lane += 8)
            {
                logs += Vector512.Create<double>(Best[lane..]);
                product *= Vector512.Create<double>(Sum[lane..]);
            }
            if (++chunks % ChunksPerLogarithm == 0)
                Flush();
        }

        public double Total()
        {
            Flush();
            for (int lane = 0; lane < 8; lane++)
                total += logs[lane];
            return total;
        }

        private void Flush()
        {
            for (int lane = 0; lane < 8; lane++)
                total += Math.Log(product[lane]);
            product = Vector512<double>.One;
        }
    }
}
