using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>The nearest centre of rows as they lie, in double precision; of equally near centres the lowest.</summary>
/// <remarks>Lanes are centres: a row's distances add its features in order on any width of hardware. Four rows share each load of the centres.</remarks>
internal static class NearestRows
{
    private const int Together = 4;

    /// <summary>Centres side by side: d × ⌈k/8⌉·8, past the last centre +∞, which is never nearest.</summary>
    /// <param name="centres">k × d, row-major.</param>
    public static double[] Table(ReadOnlySpan<double> centres, int columns)
    {
        int clusters = centres.Length / columns, stride = (clusters + 7) / 8 * 8;
        var table = new double[columns * stride];
        Fill(centres, columns, table);
        return table;
    }

    public static void Fill(ReadOnlySpan<double> centres, int columns, double[] table)
    {
        int clusters = centres.Length / columns, stride = table.Length / columns;
        Array.Fill(table, double.PositiveInfinity);
        for (int c = 0; c < clusters; c++)
            for (int j = 0; j < columns; j++)
                table[j * stride + c] = centres[c * columns + j];
    }

    /// <summary>Rows first … end−1; squared distances.</summary>
    public static void Run(RowView rows, double[] table, int first, int end, Span<int> labels, Span<double> squared) =>
        Run(rows.Values, rows.Columns, rows.Stride, table, first, end, labels, squared);

    /// <param name="values">Row i starts at i × <paramref name="apart"/>.</param>
    public static void Run(ReadOnlySpan<double> values, int columns, int apart, double[] table, int first, int end, Span<int> labels, Span<double> squared)
    {
        int stride = table.Length / columns;
        Span<Best> best = stackalloc Best[Together];
        for (int i = first; i < end; i += Together)
        {
            best.Fill(Best.None);
            for (int chunk = 0; chunk < stride; chunk += 8)
            {
                var four = Distances(values, columns, apart, table, stride, i, end - 1, chunk);
                for (int r = 0; r < Together; r++)
                    best[r].Offer(four[r], chunk);
            }
            for (int r = 0; r < Math.Min(Together, end - i); r++)
                (labels[i + r - first], squared[i + r - first]) = (best[r].Label, best[r].Least);
        }
    }

    /// <summary>And the second nearest; with a single centre that one.</summary>
    public static void Run(ReadOnlySpan<double> values, int columns, int apart, double[] table, int first, int end, Span<int> labels, Span<double> squared, Span<int> seconds)
    {
        int stride = table.Length / columns;
        Span<BestTwo> best = stackalloc BestTwo[Together];
        for (int i = first; i < end; i += Together)
        {
            best.Fill(BestTwo.None);
            for (int chunk = 0; chunk < stride; chunk += 8)
            {
                var four = Distances(values, columns, apart, table, stride, i, end - 1, chunk);
                for (int r = 0; r < Together; r++)
                    best[r].Offer(four[r], chunk);
            }
            for (int r = 0; r < Math.Min(Together, end - i); r++)
                (labels[i + r - first], squared[i + r - first], seconds[i + r - first]) = (best[r].First.Label, best[r].First.Least, best[r].Second.Label);
        }
    }

    [InlineArray(Together)]
    private struct Four
    {
        private Vector512<double> first;
    }

    private static Four Distances(ReadOnlySpan<double> values, int columns, int apart, double[] table, int stride, int row, int last, int chunk)
    {
        ref double start = ref MemoryMarshal.GetReference(values);
        ref double a = ref Unsafe.Add(ref start, (nint)row * apart);
        ref double b = ref Unsafe.Add(ref start, (nint)Math.Min(row + 1, last) * apart);
        ref double c = ref Unsafe.Add(ref start, (nint)Math.Min(row + 2, last) * apart);
        ref double d = ref Unsafe.Add(ref start, (nint)Math.Min(row + 3, last) * apart);
        ref double centres = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(table), chunk);
        Vector512<double> sumA = default, sumB = default, sumC = default, sumD = default;
        for (nint j = 0; j < columns; j++, centres = ref Unsafe.Add(ref centres, stride))
        {
            var centre = Vector512.LoadUnsafe(ref centres);
            sumA = AddSquare(centre - Vector512.Create(Unsafe.Add(ref a, j)), sumA);
            sumB = AddSquare(centre - Vector512.Create(Unsafe.Add(ref b, j)), sumB);
            sumC = AddSquare(centre - Vector512.Create(Unsafe.Add(ref c, j)), sumC);
            sumD = AddSquare(centre - Vector512.Create(Unsafe.Add(ref d, j)), sumD);
        }
        Four four = default;
        (four[0], four[1], four[2], four[3]) = (sumA, sumB, sumC, sumD);
        return four;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> AddSquare(Vector512<double> gap, Vector512<double> sum) => Vector512.FusedMultiplyAdd(gap, gap, sum);

    private record struct Best(double Least, int Label)
    {
        public static Best None => new(double.PositiveInfinity, 0);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Offer(Vector512<double> distances, int chunk)
        {
            double least = Lowest(distances);
            if (least < Least)
                this = new(least, chunk + Lane(distances, least));
        }
    }

    private record struct BestTwo(Best First, Best Second)
    {
        public static BestTwo None => new(Best.None, Best.None);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Offer(Vector512<double> distances, int chunk)
        {
            double least = Lowest(distances);
            if (!(least < Second.Least))
                return;
            var nearest = new Best(least, chunk + Lane(distances, least));
            var others = Vector512.ConditionalSelect(
                Vector512.Equals(Vector512<long>.Indices, Vector512.Create((long)(nearest.Label - chunk))).AsDouble(), Vector512.Create(double.PositiveInfinity), distances);
            double next = Lowest(others);
            if (least < First.Least)
                this = new(nearest, next < First.Least ? new(next, chunk + Lane(others, next)) : First);
            else
                Second = nearest;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Lowest(Vector512<double> values)
    {
        var half = Vector256.MinNative(values.GetLower(), values.GetUpper());
        var quarter = Vector128.MinNative(half.GetLower(), half.GetUpper());
        return Vector128.MinNative(quarter, Vector128.Shuffle(quarter, Vector128.Create(1L, 0L)))[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Lane(Vector512<double> values, double value) =>
        BitOperations.TrailingZeroCount(Vector512.Equals(values, Vector512.Create(value)).ExtractMostSignificantBits());
}
