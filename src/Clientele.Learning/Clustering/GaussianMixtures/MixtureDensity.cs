using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>A mixture in the form in which rows are measured against it.</summary>
/// <remarks>ln w + ln N(x; μ, Σ) = base − ½‖L⁻¹(x − μ)‖² with Σ = LLᵀ: differences first, so nothing cancels.</remarks>
internal sealed class MixtureDensity
{
    private const int Chunk = MixtureRows.Chunk;
    /// <summary>Squared distances end here, so that rows out of all measure still have a nearest component.</summary>
    private const double Farthest = 1e300;

    private readonly int k, d;
    private readonly bool diagonal;
    private readonly double[] means, factors, bases;

    private MixtureDensity(Matrix means, bool diagonal)
    {
        (k, d, this.diagonal, this.means) = (means.Rows, means.Columns, diagonal, means.Values);
        FactorLength = diagonal ? d : d * (d + 1) / 2;
        (factors, bases) = (new double[k * FactorLength], new double[k]);
    }

    public MixtureDensity(GaussianMixtureModel model) : this(model.Means, model.Covariance == MixtureCovariance.Diagonal)
    {
        for (int c = 0; c < k; c++)
        {
            var factor = Whitening(model.CovarianceOf(c), d, diagonal);
            factor.CopyTo(factors.AsSpan(c * FactorLength));
            double logDeterminant = 0;
            for (int j = 0; j < d; j++)
                logDeterminant += Math.Log(factor[diagonal ? j : j * (j + 1) / 2 + j]);
            bases[c] = Math.Log(model.Weights[c]) + logDeterminant - d / 2.0 * Math.Log(2 * Math.PI);
        }
    }

    /// <summary>Means without covariances: for moments about them.</summary>
    public static MixtureDensity About(Matrix means, bool diagonal) => new(means, diagonal);

    public int Components => k;
    public int Columns => d;
    /// <summary>k: the logarithm of a component's weighted density at its mean.</summary>
    public ReadOnlySpan<double> Bases => bases;

    private int FactorLength { get; }

    /// <summary>Squared Mahalanobis distances of a chunk of rows to every component.</summary>
    /// <param name="chunk">d × 32.</param>
    /// <param name="gaps">Scratch, d × 32.</param>
    /// <param name="distances">Out, k × 32.</param>
    public void Measure(ReadOnlySpan<double> chunk, Span<double> gaps, Span<double> distances)
    {
        ref double gap = ref MemoryMarshal.GetReference(gaps);
        ref double to = ref MemoryMarshal.GetReference(distances);
        ref double factor = ref MemoryMarshal.GetArrayDataReference(factors);
        for (int c = 0; c < k; c++)
        {
            Subtract(chunk, c, gaps);
            if (diagonal)
                Straight(ref gap, ref Unsafe.Add(ref factor, c * d), ref Unsafe.Add(ref to, c * Chunk));
            else
                Turned(ref gap, ref Unsafe.Add(ref factor, c * FactorLength), ref Unsafe.Add(ref to, c * Chunk));
        }
    }

    /// <summary>x − μ of a component, d × 32.</summary>
    public void Subtract(ReadOnlySpan<double> chunk, int component, Span<double> gaps)
    {
        ref double x = ref MemoryMarshal.GetReference(chunk);
        ref double gap = ref MemoryMarshal.GetReference(gaps);
        ref double mean = ref means[component * d];
        for (int j = 0; j < d; j++)
        {
            var centre = Vector512.Create(Unsafe.Add(ref mean, j));
            nuint at = (nuint)(j * Chunk);
            (Vector512.LoadUnsafe(ref x, at) - centre).StoreUnsafe(ref gap, at);
            (Vector512.LoadUnsafe(ref x, at + 8) - centre).StoreUnsafe(ref gap, at + 8);
            (Vector512.LoadUnsafe(ref x, at + 16) - centre).StoreUnsafe(ref gap, at + 16);
            (Vector512.LoadUnsafe(ref x, at + 24) - centre).StoreUnsafe(ref gap, at + 24);
        }
    }

    private void Turned(ref double gap, ref double factor, ref double to)
    {
        Vector512<double> s0 = Vector512<double>.Zero, s1 = s0, s2 = s0, s3 = s0;
        for (int j = 0; j < d; j++)
        {
            Vector512<double> y0 = Vector512<double>.Zero, y1 = y0, y2 = y0, y3 = y0;
            nuint at = 0;
            for (int i = 0; i <= j; i++)
            {
                var f = Vector512.Create(factor);
                factor = ref Unsafe.Add(ref factor, 1);
                y0 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref gap, at), f, y0);
                y1 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref gap, at + 8), f, y1);
                y2 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref gap, at + 16), f, y2);
                y3 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref gap, at + 24), f, y3);
                at += Chunk;
            }
            s0 = Vector512.FusedMultiplyAdd(y0, y0, s0);
            s1 = Vector512.FusedMultiplyAdd(y1, y1, s1);
            s2 = Vector512.FusedMultiplyAdd(y2, y2, s2);
            s3 = Vector512.FusedMultiplyAdd(y3, y3, s3);
        }
        Store(s0, s1, s2, s3, ref to);
    }

    private void Straight(ref double gap, ref double factor, ref double to)
    {
        Vector512<double> s0 = Vector512<double>.Zero, s1 = s0, s2 = s0, s3 = s0;
        for (int j = 0; j < d; j++)
        {
            var f = Vector512.Create(Unsafe.Add(ref factor, j));
            nuint at = (nuint)(j * Chunk);
            Vector512<double> y0 = Vector512.LoadUnsafe(ref gap, at) * f, y1 = Vector512.LoadUnsafe(ref gap, at + 8) * f;
            Vector512<double> y2 = Vector512.LoadUnsafe(ref gap, at + 16) * f, y3 = Vector512.LoadUnsafe(ref gap, at + 24) * f;
            s0 = Vector512.FusedMultiplyAdd(y0, y0, s0);
            s1 = Vector512.FusedMultiplyAdd(y1, y1, s1);
            s2 = Vector512.FusedMultiplyAdd(y2, y2, s2);
            s3 = Vector512.FusedMultiplyAdd(y3, y3, s3);
        }
        Store(s0, s1, s2, s3, ref to);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<double> s0, Vector512<double> s1, Vector512<double> s2, Vector512<double> s3, ref double to)
    {
        var most = Vector512.Create(Farthest);
        Vector512.Min(s0, most).StoreUnsafe(ref to);
        Vector512.Min(s1, most).StoreUnsafe(ref to, 8);
        Vector512.Min(s2, most).StoreUnsafe(ref to, 16);
        Vector512.Min(s3, most).StoreUnsafe(ref to, 24);
    }

    // Where the ridge is too small for the size of the numbers, it grows tenfold from 1e-12 of the mean variance until the factor exists.
    private static double[] Whitening(Matrix covariance, int d, bool diagonal)
    {
        if (diagonal)
            return [.. covariance.Values.Select(variance => 1 / Math.Sqrt(Math.Max(variance, 1e-300)))];
        double trace = 0;
        for (int j = 0; j < d; j++)
            trace += covariance[j, j];
        double ridge = Math.Max(trace / d * 1e-12, 1e-300);
        var held = new Matrix(d, d, [.. covariance.Values]);
        while (true)
        {
            if (Cholesky.Inverse(held.Values, d) is { } factor)
                return factor;
            for (int j = 0; j < d; j++)
                held[j, j] = covariance[j, j] + ridge;
            ridge *= 10;
        }
    }
}
