using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Clientele.Learning;

/// <summary>Rows as they lie, brought into a frame and turned: sixteen side by side in single precision. Needs AVX.</summary>
internal static class FramedLanes
{
    private const int Half = 8;

    /// <param name="values">Rows of double or single precision; row i starts at i × <paramref name="stride"/>.</param>
    /// <param name="row">The first of sixteen; those past <paramref name="last"/> repeat it.</param>
    /// <param name="shift">One per column: −origin × unit. Times a power of two nothing rounds, so x × unit + shift in one step is (x − origin) × unit.</param>
    /// <param name="lanes">Out: columns × 16 of (x − origin) × unit.</param>
    public static void Fill<T>(ReadOnlySpan<T> values, int stride, int row, int last, ReadOnlySpan<double> shift, double unit, Span<float> lanes) where T : unmanaged, INumberBase<T>
    {
        int columns = shift.Length, whole = columns / Half * Half;
        for (int half = 0; half < SingleRows.Width; half += Half)
        {
            for (int j = 0; j < whole; j += Half)
                Turn(values, stride, row + half, last, j, shift, unit, ref lanes[j * SingleRows.Width + half]);
            for (int lane = half; whole < columns && lane < half + Half; lane++)
            {
                var rest = values.Slice(Math.Min(row + lane, last) * stride, columns);
                for (int j = whole; j < columns; j++)
                    lanes[j * SingleRows.Width + lane] = Framed(rest[j], shift[j], unit);
            }
        }
    }

    // As the vectors do it: single precision stays single.
    private static float Framed<T>(T value, double shift, double unit) where T : INumberBase<T> => typeof(T) == typeof(float)
        ? MathF.FusedMultiplyAdd(float.CreateTruncating(value), (float)unit, (float)shift)
        : (float)Math.FusedMultiplyAdd(double.CreateTruncating(value), unit, shift);

    // Eight rows × eight columns, turned by pairs, fours and halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn<T>(ReadOnlySpan<T> values, int stride, int row, int last, int column, ReadOnlySpan<double> shift, double unit, ref float lanes) where T : unmanaged
    {
        var (by, on) = (Vector512.Create(unit), Vector512.Create(shift[column..]));
        var (singleBy, singleOn) = (Vector256.Create((float)unit), Narrow(on));
        ref T start = ref Unsafe.Add(ref MemoryMarshal.GetReference(values), column);
        var (r0, r1) = (Row(ref start, 0), Row(ref start, 1));
        var (r2, r3) = (Row(ref start, 2), Row(ref start, 3));
        var (r4, r5) = (Row(ref start, 4), Row(ref start, 5));
        var (r6, r7) = (Row(ref start, 6), Row(ref start, 7));
        var (low01, high01) = (Avx.UnpackLow(r0, r1), Avx.UnpackHigh(r0, r1));
        var (low23, high23) = (Avx.UnpackLow(r2, r3), Avx.UnpackHigh(r2, r3));
        var (low45, high45) = (Avx.UnpackLow(r4, r5), Avx.UnpackHigh(r4, r5));
        var (low67, high67) = (Avx.UnpackLow(r6, r7), Avx.UnpackHigh(r6, r7));
        Store(0, Avx.Shuffle(low01, low23, 0x44), Avx.Shuffle(low45, low67, 0x44), ref lanes);
        Store(1, Avx.Shuffle(low01, low23, 0xEE), Avx.Shuffle(low45, low67, 0xEE), ref lanes);
        Store(2, Avx.Shuffle(high01, high23, 0x44), Avx.Shuffle(high45, high67, 0x44), ref lanes);
        Store(3, Avx.Shuffle(high01, high23, 0xEE), Avx.Shuffle(high45, high67, 0xEE), ref lanes);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector256<float> Row(ref T first, int r)
        {
            ref T value = ref Unsafe.Add(ref first, (nint)Math.Min(row + r, last) * stride);
            return typeof(T) == typeof(float)
                ? Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref Unsafe.As<T, float>(ref value)), singleBy, singleOn)
                : Narrow(Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref Unsafe.As<T, double>(ref value)), by, on));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Narrow(Vector512<double> values) =>
        Avx512F.IsSupported ? Avx512F.ConvertToVector256Single(values) : Vector256.Narrow(values.GetLower(), values.GetUpper());

    // One column lies in the low halves, the one four further in the high halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(nuint column, Vector256<float> four, Vector256<float> next, ref float lanes)
    {
        Avx.Permute2x128(four, next, 0x20).StoreUnsafe(ref lanes, column * SingleRows.Width);
        Avx.Permute2x128(four, next, 0x31).StoreUnsafe(ref lanes, (column + 4) * SingleRows.Width);
    }
}
