using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>Σr, Σr(x−μ) and Σr(x−μ)(x−μ)ᵀ of every component about the means it had: one pass, and nothing cancels once the means settle.</summary>
/// <param name="k">Components.</param>
/// <param name="d">Columns.</param>
/// <param name="diagonal">Squares only.</param>
internal sealed class MixtureMoments(int k, int d, bool diagonal)
{
    private const int Chunk = MixtureRows.Chunk;
    private const double Ulp = 2.220446049250313e-16;

    /// <summary>Σr, then d first moments, then the lower triangle of the second (or its diagonal).</summary>
    public int Length { get; } = 1 + d + (diagonal ? d : d * (d + 1) / 2);

    /// <summary>k × <see cref="Length"/>.</summary>
    public double[] Sums { get; } = new double[k * (1 + d + (diagonal ? d : d * (d + 1) / 2))];

    /// <summary>Σ of the logarithms of the rows' densities.</summary>
    public double LogLikelihood { get; set; }

    /// <summary>Adds a chunk to a component's sums, eight lanes of each.</summary>
    /// <param name="shares">r, 32.</param>
    /// <param name="gaps">x − μ, d × 32.</param>
    /// <param name="lanes">The component's sums, <see cref="Length"/> × 8.</param>
    public void Add(ReadOnlySpan<double> shares, ReadOnlySpan<double> gaps, Span<double> lanes)
    {
        ref double sum = ref MemoryMarshal.GetReference(lanes);
        ref double gap = ref MemoryMarshal.GetReference(gaps);
        ref double share = ref MemoryMarshal.GetReference(shares);
        Vector512<double> r0 = Vector512.LoadUnsafe(ref share), r1 = Vector512.LoadUnsafe(ref share, 8);
        Vector512<double> r2 = Vector512.LoadUnsafe(ref share, 16), r3 = Vector512.LoadUnsafe(ref share, 24);
        (Vector512.LoadUnsafe(ref sum) + (r0 + r1 + (r2 + r3))).StoreUnsafe(ref sum);
        ref double first = ref Unsafe.Add(ref sum, 8), second = ref Unsafe.Add(ref sum, 8 + d * 8);
        for (int p = 0; p < d; p++)
        {
            nuint at = (nuint)(p * Chunk);
            Vector512<double> w0 = r0 * Vector512.LoadUnsafe(ref gap, at), w1 = r1 * Vector512.LoadUnsafe(ref gap, at + 8);
            Vector512<double> w2 = r2 * Vector512.LoadUnsafe(ref gap, at + 16), w3 = r3 * Vector512.LoadUnsafe(ref gap, at + 24);
            (Vector512.LoadUnsafe(ref first) + (w0 + w1 + (w2 + w3))).StoreUnsafe(ref first);
            first = ref Unsafe.Add(ref first, 8);
            for (int q = diagonal ? p : 0; q <= p; q++)
            {
                nuint from = (nuint)(q * Chunk);
                var s = Vector512.FusedMultiplyAdd(w0, Vector512.LoadUnsafe(ref gap, from), Vector512.LoadUnsafe(ref second));
                var t = w1 * Vector512.LoadUnsafe(ref gap, from + 8);
                s = Vector512.FusedMultiplyAdd(w2, Vector512.LoadUnsafe(ref gap, from + 16), s);
                t = Vector512.FusedMultiplyAdd(w3, Vector512.LoadUnsafe(ref gap, from + 24), t);
                (s + t).StoreUnsafe(ref second);
                second = ref Unsafe.Add(ref second, 8);
            }
        }
    }

    /// <summary>Sets the sums to those of the lanes, lane after lane.</summary>
    public void Gather(ReadOnlySpan<double> lanes)
    {
        for (int i = 0; i < Sums.Length; i++)
        {
            double sum = 0;
            foreach (double lane in lanes.Slice(i * 8, 8))
                sum += lane;
            Sums[i] = sum;
        }
    }

    public void Clear()
    {
        Array.Clear(Sums);
        LogLikelihood = 0;
    }

    public void Add(MixtureMoments other)
    {
        for (int i = 0; i < Sums.Length; i++)
            Sums[i] += other.Sums[i];
        LogLikelihood += other.LogLikelihood;
    }

    /// <summary>The mixture of greatest likelihood for these shares.</summary>
    /// <param name="about">The means that the moments are about.</param>
    public GaussianMixtureModel Maximise(Matrix about, MixtureCovariance covariance, double ridge)
    {
        // As the peer does: no component weighs nothing.
        double[] counts = [.. Enumerable.Range(0, k).Select(c => Sums[c * Length] + 10 * Ulp)];
        double total = 0;
        foreach (double count in counts)
            total += count;
        var means = new Matrix(k, d);
        var covariances = new Matrix(covariance switch { MixtureCovariance.Full => k * d, MixtureCovariance.Diagonal => k, _ => d }, d);
        for (int c = 0; c < k; c++)
        {
            var first = Sums.AsSpan(c * Length + 1, d);
            var second = Sums.AsSpan(c * Length + 1 + d);
            double share = covariance == MixtureCovariance.Tied ? 1 / total : 1 / counts[c];
            for (int p = 0, at = 0; p < d; p++)
            {
                means[c, p] = about[c, p] + first[p] / counts[c];
                for (int q = diagonal ? p : 0; q <= p; q++, at++)
                {
                    double value = (second[at] - first[p] * (first[q] / counts[c])) * share;
                    if (diagonal)
                        covariances[c, p] = Math.Max(value, 0) + ridge;
                    else
                        covariances[(covariance == MixtureCovariance.Full ? c * d : 0) + p, q] += value;
                }
            }
        }
        if (!diagonal)
            Complete(covariances, ridge);
        return new(covariance, [.. counts.Select(count => count / total)], means, covariances);
    }

    // Mirrors the lower triangles and adds the ridge.
    private void Complete(Matrix covariances, double ridge)
    {
        for (int first = 0; first < covariances.Rows; first += d)
            for (int p = 0; p < d; p++)
            {
                covariances[first + p, p] = Math.Max(covariances[first + p, p], 0) + ridge;
                for (int q = 0; q < p; q++)
                    covariances[first + q, p] = covariances[first + p, q];
            }
    }
}
