using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>Distances of four rows to many, added up both ways, in single or in double precision.</summary>
/// <remarks>Σ(x−y)², not ‖x‖²−2x·y+‖y‖²: no cancellation. The type is known when the code is compiled, so the branches on it cost nothing.</remarks>
internal static class DistanceKernel<T> where T : unmanaged
{
    /// <summary>Rows measured at once.</summary>
    public const int Abreast = 4;

    private static bool IsSingle => typeof(T) == typeof(float);

    /// <param name="columns">d.</param>
    /// <param name="count">Of the many, a multiple of sixteen.</param>
    /// <param name="points">Four rows × d.</param>
    /// <param name="pointsReal">Of each of the four all bits, or none if it counts for nothing.</param>
    /// <param name="lanes">Vectors × d × lanes: <see cref="Place"/>.</param>
    /// <param name="lanesReal">The same of the many.</param>
    /// <param name="down">Of each of the many, its distances to the four are added.</param>
    /// <returns>Of each of the four the sum of its distances.</returns>
    public static Vector256<double> Run(int columns, int count, ref T points, ref T pointsReal, ref T lanes, ref T lanesReal, ref T down)
    {
        nuint d = (nuint)columns, width = (nuint)Vector512<T>.Count;
        ref T p1 = ref Unsafe.Add(ref points, d), p2 = ref Unsafe.Add(ref p1, d), p3 = ref Unsafe.Add(ref p2, d);
        var (s0, s1, s2, s3) = (Vector512<T>.Zero, Vector512<T>.Zero, Vector512<T>.Zero, Vector512<T>.Zero);
        var (r0, r1) = (Vector512.Create(pointsReal), Vector512.Create(Unsafe.Add(ref pointsReal, 1)));
        var (r2, r3) = (Vector512.Create(Unsafe.Add(ref pointsReal, 2)), Vector512.Create(Unsafe.Add(ref pointsReal, 3)));
        for (nuint at = 0; at < (nuint)count; at += width)
        {
            var (q0, q1, q2, q3) = (Vector512<T>.Zero, Vector512<T>.Zero, Vector512<T>.Zero, Vector512<T>.Zero);
            ref T x = ref Unsafe.Add(ref lanes, at * d);
            for (nuint j = 0; j < d; j++)
            {
                var value = Vector512.LoadUnsafe(ref x, j * width);
                q0 = AddSquare(value - Vector512.Create(Unsafe.Add(ref points, j)), q0);
                q1 = AddSquare(value - Vector512.Create(Unsafe.Add(ref p1, j)), q1);
                q2 = AddSquare(value - Vector512.Create(Unsafe.Add(ref p2, j)), q2);
                q3 = AddSquare(value - Vector512.Create(Unsafe.Add(ref p3, j)), q3);
            }
            var real = Vector512.LoadUnsafe(ref lanesReal, at);
            q0 = Vector512.Sqrt(q0) & real & r0;
            q1 = Vector512.Sqrt(q1) & real & r1;
            q2 = Vector512.Sqrt(q2) & real & r2;
            q3 = Vector512.Sqrt(q3) & real & r3;
            (s0, s1, s2, s3) = (s0 + q0, s1 + q1, s2 + q2, s3 + q3);
            (Vector512.LoadUnsafe(ref down, at) + ((q0 + q1) + (q2 + q3))).StoreUnsafe(ref down, at);
        }
        return Vector256.Create(Total(s0), Total(s1), Total(s2), Total(s3));
    }

    /// <summary>Values less their origin, in vectors of <typeparamref name="T"/>.</summary>
    /// <param name="values">Groups × d × 16.</param>
    /// <param name="origin">d.</param>
    /// <param name="lanes">Out: vectors × d × lanes, in the same order.</param>
    public static void Place(ReadOnlySpan<double> values, ReadOnlySpan<double> origin, Span<T> lanes)
    {
        int d = origin.Length, width = Vector512<T>.Count;
        for (int at = 0, column = 0, group = 0; at < values.Length; at += LabelCells.Width)
        {
            var zero = Vector512.Create(origin[column]);
            var (low, high) = (Vector512.Create(values[at..]) - zero, Vector512.Create(values[(at + 8)..]) - zero);
            int to = group + column * width;
            if (IsSingle)
                Vector512.Narrow(low, high).As<float, T>().CopyTo(lanes[to..]);
            else
            {
                low.As<double, T>().CopyTo(lanes[to..]);
                high.As<double, T>().CopyTo(lanes[(to + d * width)..]);
            }
            if (++column == d)
                (column, group) = (0, group + d * LabelCells.Width);
        }
    }

    /// <summary>Adds to doubles.</summary>
    /// <param name="values">A multiple of sixteen.</param>
    /// <param name="sums">As many.</param>
    public static void AddTo(ref T values, Span<double> sums)
    {
        ref double to = ref MemoryMarshal.GetReference(sums);
        for (nuint at = 0; at < (nuint)sums.Length; at += (nuint)Vector512<T>.Count)
        {
            var some = Vector512.LoadUnsafe(ref values, at);
            var (low, high) = IsSingle ? Vector512.Widen(some.As<T, float>()) : (some.As<T, double>(), Vector512<double>.Zero);
            (Vector512.LoadUnsafe(ref to, at) + low).StoreUnsafe(ref to, at);
            if (IsSingle)
                (Vector512.LoadUnsafe(ref to, at + 8) + high).StoreUnsafe(ref to, at + 8);
        }
    }

    public static T Narrow(double value) => IsSingle ? Unsafe.BitCast<float, T>((float)value) : Unsafe.BitCast<double, T>(value);

    private static Vector512<T> AddSquare(Vector512<T> x, Vector512<T> sum) => IsSingle
        ? Vector512.FusedMultiplyAdd(x.As<T, float>(), x.As<T, float>(), sum.As<T, float>()).As<float, T>()
        : Vector512.FusedMultiplyAdd(x.As<T, double>(), x.As<T, double>(), sum.As<T, double>()).As<double, T>();

    // By halves, in double: a fixed order, the same on any width of hardware.
    private static double Total(Vector512<T> sums)
    {
        var eight = IsSingle ? Widened(sums.As<T, float>()) : sums.As<T, double>();
        var four = eight.GetLower() + eight.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        return two.ToScalar() + two.GetElement(1);
    }

    private static Vector512<double> Widened(Vector512<float> sums)
    {
        var (low, high) = Vector512.Widen(sums);
        return low + high;
    }
}
