using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>y += a·x and the sums of squares built from it. Lanes are elements, each a fused multiply-add: the same bits on any width of hardware.</summary>
internal static class ScaledAdd
{
    /// <param name="x">No longer than <paramref name="y"/>.</param>
    public static void Run(Span<double> y, double a, ReadOnlySpan<double> x)
    {
        int width = Vector512<double>.Count, j = 0;
        ref double to = ref MemoryMarshal.GetReference(y), from = ref MemoryMarshal.GetReference(x);
        var scale = Vector512.Create(a);
        for (; j <= x.Length - width; j += width)
            Vector512.FusedMultiplyAdd(scale, Vector512.LoadUnsafe(ref from, (nuint)j), Vector512.LoadUnsafe(ref to, (nuint)j)).StoreUnsafe(ref to, (nuint)j);
        for (; j < x.Length; j++)
            y[j] = Math.FusedMultiplyAdd(a, x[j], y[j]);
    }

    /// <summary>Adds a·x·xᵀ to the upper triangle of a p × p table, row-major.</summary>
    public static void OuterProduct(Span<double> table, double a, ReadOnlySpan<double> x)
    {
        int p = x.Length;
        for (int j = 0; j < p; j++)
            Run(table.Slice(j * p + j, p - j), a * x[j], x[j..]);
    }
}
