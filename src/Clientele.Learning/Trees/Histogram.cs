using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Clientele.Learning;

/// <summary>Sums of gradient and hessian (with the count) of a node's rows, for every bin of every column.</summary>
internal static class Histogram
{
    /// <summary>Bytes of one column's 256 cells, two longs each.</summary>
    private const int ColumnBytes = 256 * 16;
    /// <summary>Rows ahead whose bins are asked for: they lie scattered over the table.</summary>
    private const int Ahead = 24;

    /// <summary>Longs that a histogram of so many columns takes.</summary>
    public static int Length(int columns) => columns * 512;

    /// <param name="members">Rows to add.</param>
    /// <param name="gradients">n × (gradient, hessian), as <see cref="GradientScale"/> makes them.</param>
    /// <param name="cells">Added to: columns × 256 × (gradient, hessian).</param>
    public static unsafe void Add(RowBins table, ReadOnlySpan<int> members, long[] gradients, long[] cells)
    {
        int full = table.Columns / 8, rest = table.Columns % 8, stride = table.Stride;
        ref ulong words = ref MemoryMarshal.GetArrayDataReference(table.Words);
        ref long pairs = ref MemoryMarshal.GetArrayDataReference(gradients);
        ref byte first = ref Unsafe.As<long, byte>(ref MemoryMarshal.GetArrayDataReference(cells));
        for (int i = 0; i < members.Length; i++)
        {
            if (Sse.IsSupported && i + Ahead < members.Length)
            {
                nint ahead = members[i + Ahead];
                Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref words, ahead * stride)));
                Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref pairs, ahead * 2)));
            }
            nint row = members[i];
            var pair = Vector128.LoadUnsafe(ref pairs, (nuint)row * 2);
            ref ulong word = ref Unsafe.Add(ref words, row * stride);
            ref byte column = ref first;
            for (int w = 0; w < full; w++)
            {
                ulong bins = Unsafe.Add(ref word, w);
                Add(ref column, (nint)(bins << 4 & 0xFF0), pair);
                Add(ref column, (nint)(bins >> 4 & 0xFF0) + ColumnBytes, pair);
                Add(ref column, (nint)(bins >> 12 & 0xFF0) + 2 * ColumnBytes, pair);
                Add(ref column, (nint)(bins >> 20 & 0xFF0) + 3 * ColumnBytes, pair);
                Add(ref column, (nint)(bins >> 28 & 0xFF0) + 4 * ColumnBytes, pair);
                Add(ref column, (nint)(bins >> 36 & 0xFF0) + 5 * ColumnBytes, pair);
                Add(ref column, (nint)(bins >> 44 & 0xFF0) + 6 * ColumnBytes, pair);
                Add(ref column, (nint)(bins >> 52 & 0xFF0) + 7 * ColumnBytes, pair);
                column = ref Unsafe.Add(ref column, 8 * ColumnBytes);
            }
            if (rest == 0)
                continue;
            ulong last = Unsafe.Add(ref word, full);
            for (int j = 0; j < rest; j++, last >>= 8)
            {
                Add(ref column, (nint)(last << 4 & 0xFF0), pair);
                column = ref Unsafe.Add(ref column, ColumnBytes);
            }
        }
    }

    /// <summary>into += more.</summary>
    public static void Merge(long[] into, long[] more)
    {
        ref long to = ref MemoryMarshal.GetArrayDataReference(into), from = ref MemoryMarshal.GetArrayDataReference(more);
        for (nuint i = 0; i < (nuint)into.Length; i += 8)
            (Vector512.LoadUnsafe(ref to, i) + Vector512.LoadUnsafe(ref from, i)).StoreUnsafe(ref to, i);
    }

    /// <summary>into −= less: what is left of a parent is the other child.</summary>
    public static void Subtract(long[] into, long[] less)
    {
        ref long to = ref MemoryMarshal.GetArrayDataReference(into), from = ref MemoryMarshal.GetArrayDataReference(less);
        for (nuint i = 0; i < (nuint)into.Length; i += 8)
            (Vector512.LoadUnsafe(ref to, i) - Vector512.LoadUnsafe(ref from, i)).StoreUnsafe(ref to, i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref byte column, nint offset, Vector128<long> pair)
    {
        ref long cell = ref Unsafe.As<byte, long>(ref Unsafe.AddByteOffset(ref column, offset));
        (Vector128.LoadUnsafe(ref cell) + pair).StoreUnsafe(ref cell);
    }
}
