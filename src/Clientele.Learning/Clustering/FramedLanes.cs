using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Clientele.Learning;

/// <summary>Rows as they lie, brought into a frame and turned: sixteen side by side in single precision. Needs AVX.</summary>
internal static class FramedLanes
{
    private const int Half = 8;

    /// <param name="row">The first of sixteen; those past <paramref name="last"/> repeat it.</param>
    /// <param name="origin">One per column.</param>
    /// <param name="lanes">Out: columns × 16 of (x − origin) × unit.</param>
    public static void Fill(RowView rows, int row, int last, ReadOnlySpan<double> origin, double unit, Span<float> lanes)
    {
        int columns = rows.Columns, whole = columns / Half * Half;
        for (int half = 0; half < SingleRows.Width; half += Half)
        {
            for (int j = 0; j < whole; j += Half)
                Turn(rows, row + half, last, j, Vector512.Create(origin[j..]), Vector512.Create(unit), ref lanes[j * SingleRows.Width + half]);
            for (int lane = half; whole < columns && lane < half + Half; lane++)
            {
                var values = rows.Row(Math.Min(row + lane, last));
                for (int j = whole; j < values.Length; j++)
                    lanes[j * SingleRows.Width + lane] = (float)((values[j] - origin[j]) * unit);
            }
        }
    }

    // Eight rows × eight columns, turned by pairs, fours and halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(RowView rows, int row, int last, int column, Vector512<double> origin, Vector512<double> unit, ref float lanes)
    {
        var (r0, r1) = (Row(0), Row(1));
        var (r2, r3) = (Row(2), Row(3));
        var (r4, r5) = (Row(4), Row(5));
        var (r6, r7) = (Row(6), Row(7));
        var (low01, high01) = (Avx.UnpackLow(r0, r1), Avx.UnpackHigh(r0, r1));
        var (low23, high23) = (Avx.UnpackLow(r2, r3), Avx.UnpackHigh(r2, r3));
        var (low45, high45) = (Avx.UnpackLow(r4, r5), Avx.UnpackHigh(r4, r5));
        var (low67, high67) = (Avx.UnpackLow(r6, r7), Avx.UnpackHigh(r6, r7));
        Store(0, Avx.Shuffle(low01, low23, 0x44), Avx.Shuffle(low45, low67, 0x44), ref lanes);
        Store(1, Avx.Shuffle(low01, low23, 0xEE), Avx.Shuffle(low45, low67, 0xEE), ref lanes);
        Store(2, Avx.Shuffle(high01, high23, 0x44), Avx.Shuffle(high45, high67, 0x44), ref lanes);
        Store(3, Avx.Shuffle(high01, high23, 0xEE), Avx.Shuffle(high45, high67, 0xEE), ref lanes);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector256<float> Row(int r)
        {
            ref double value = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(rows.Values), (nint)Math.Min(row + r, last) * rows.Stride + column);
            var framed = (Vector512.LoadUnsafe(ref value) - origin) * unit;
            return Avx512F.IsSupported ? Avx512F.ConvertToVector256Single(framed) : Vector256.Narrow(framed.GetLower(), framed.GetUpper());
        }
    }

    // One column lies in the low halves, the one four further in the high halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(nuint column, Vector256<float> four, Vector256<float> next, ref float lanes)
    {
        Avx.Permute2x128(four, next, 0x20).StoreUnsafe(ref lanes, column * SingleRows.Width);
        Avx.Permute2x128(four, next, 0x31).StoreUnsafe(ref lanes, (column + 4) * SingleRows.Width);
    }
}
