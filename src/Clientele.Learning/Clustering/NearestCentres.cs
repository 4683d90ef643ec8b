using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>
/// The nearest centres of rows as they lie, in double precision: what <see cref="NearestRows"/> answers. Rows pass through the cache once, sixteen side by
/// side in single precision; those whose distances lie too close for that are measured again in double.
/// </summary>
internal sealed class NearestCentres(int clusters, int columns)
{
    // Rounding a row and a centre to single precision moves each by 2⁻²⁴ of its length, so the difference of two distances by 2⁻²³ (‖x‖ + ‖c‖) at most,
    // and ‖x‖ ≤ distance + ‖c‖: 2⁻²³ of the distance and 2⁻²² of the farthest centre.
    private const float Apart = 1f / (1 << 22);

    private readonly double[] table = new double[(clusters + 7) / 8 * 8 * columns], origin = new double[columns], shift = new double[columns], framed = new double[clusters * columns];
    private readonly SingleCentres singles = new(clusters, columns);
    private double unit;
    private float margin;

    /// <param name="centres">k × d, row-major, finite.</param>
    public void Place(ReadOnlySpan<double> centres)
    {
        NearestRows.Fill(centres, columns, table);
        Array.Clear(origin);
        for (int i = 0; i < centres.Length; i++)
            origin[i % columns] += centres[i] / clusters;
        // In single precision, so that rows of single precision come from the same origin.
        for (int j = 0; j < columns; j++)
            origin[j] = float.IsFinite((float)origin[j]) ? (float)origin[j] : origin[j];
        double most = 0, farthest = 0;
        for (int i = 0; i < centres.Length; i++)
            most = Math.Max(most, Math.Abs(centres[i] - origin[i % columns]));
        unit = Frame.UnitFor(most);
        for (int j = 0; j < columns; j++)
            shift[j] = -origin[j] * unit;
        for (int i = 0; i < centres.Length; i++)
            framed[i] = (centres[i] - origin[i % columns]) * unit;
        for (int c = 0; c < clusters; c++)
            farthest = Math.Max(farthest, Norm(framed.AsSpan(c * columns, columns)));
        singles.Place(framed);
        margin = (float)(farthest * Apart * 1.05);
    }

    /// <summary>Rows first … end−1.</summary>
    /// <returns>Have all of them a distance, so that they are finite?</returns>
    public bool Label(RowView rows, int first, int end, Span<int> labels) => Run<NearestSingles.Found, double>(rows.Values, rows.Stride, first, end, labels, default);

    /// <summary>Rows of single precision, whose labels are those of the same rows in double.</summary>
    /// <inheritdoc cref="Label(RowView, int, int, Span{int})"/>
    public bool Label(ReadOnlySpan<float> rows, int first, int end, Span<int> labels) => Run<NearestSingles.Found, float>(rows, columns, first, end, labels, default);

    /// <summary>And the second nearest; with a single centre that one.</summary>
    /// <inheritdoc cref="Label(RowView, int, int, Span{int})"/>
    public bool LabelTwo(RowView rows, int first, int end, Span<int> labels, Span<int> seconds) =>
        Run<NearestSingles.FoundTwo, double>(rows.Values, rows.Stride, first, end, labels, seconds);

    /// <summary>Σ(x−c)² of one row and one centre. Features are lanes here, added up in an order of their own.</summary>
    public static double Squared(ReadOnlySpan<double> row, ReadOnlySpan<double> centre)
    {
        ref double x = ref MemoryMarshal.GetReference(row);
        ref double c = ref MemoryMarshal.GetReference(centre);
        var lanes = Vector512<double>.Zero;
        double rest = 0;
        int j = 0;
        for (; j <= row.Length - Vector512<double>.Count; j += Vector512<double>.Count)
        {
            var gap = Vector512.LoadUnsafe(ref x, (nuint)j) - Vector512.LoadUnsafe(ref c, (nuint)j);
            lanes = Vector512.FusedMultiplyAdd(gap, gap, lanes);
        }
        for (; j < row.Length; j++)
        {
            double gap = Unsafe.Add(ref x, j) - Unsafe.Add(ref c, j);
            rest = Math.FusedMultiplyAdd(gap, gap, rest);
        }
        var half = lanes.GetLower() + lanes.GetUpper();
        var quarter = half.GetLower() + half.GetUpper();
        return quarter[0] + quarter[1] + rest;
    }

    private bool Run<TFound, T>(ReadOnlySpan<T> rows, int stride, int first, int end, Span<int> labels, Span<int> seconds)
        where TFound : struct, INearestFound<TFound> where T : unmanaged, INumberBase<T>
    {
        if (!NearestSingles.HasVectors)
            return Measure(rows, stride, first, first, end, labels, seconds);
        int group = columns * SingleRows.Width;
        bool finite = true;
        float[] lanes = ArrayPool<float>.Shared.Rent(2 * group);
        for (int i = first; i < end; i += 2 * SingleRows.Width)
        {
            FramedLanes.Fill(rows, stride, i, end - 1, shift, unit, lanes.AsSpan(0, group));
            FramedLanes.Fill(rows, stride, i + SingleRows.Width, end - 1, shift, unit, lanes.AsSpan(group, group));
            NearestSingles.Vector(ref lanes[0], ref lanes[group], columns, singles, out TFound left, out TFound right);
            finite &= Keep(left, rows, stride, first, i, end, labels, seconds);
            if (i + SingleRows.Width < end)
                finite &= Keep(right, rows, stride, first, i + SingleRows.Width, end, labels, seconds);
        }
        ArrayPool<float>.Shared.Return(lanes);
        return finite;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Keep<TFound, T>(in TFound found, ReadOnlySpan<T> rows, int stride, int first, int row, int end, Span<int> labels, Span<int> seconds)
        where TFound : struct, INearestFound<TFound> where T : unmanaged, INumberBase<T>
    {
        int count = Math.Min(SingleRows.Width, end - row);
        found.Store(count, labels[(row - first)..], seconds.IsEmpty ? seconds : seconds[(row - first)..]);
        ulong doubtful = found.Doubtful(Slack.Epsilon(columns), Apart, margin) & ((1UL << count) - 1);
        return doubtful == 0
            || Measure(rows, stride, first, row + BitOperations.TrailingZeroCount(doubtful), row + 64 - BitOperations.LeadingZeroCount(doubtful), labels, seconds);
    }

    private bool Measure<T>(ReadOnlySpan<T> rows, int stride, int first, int from, int end, Span<int> labels, Span<int> seconds) where T : unmanaged, INumberBase<T>
    {
        Span<double> squared = stackalloc double[SingleRows.Width];
        double[] widened = ArrayPool<double>.Shared.Rent(SingleRows.Width * stride);
        bool finite = true;
        for (int i = from; i < end; i += SingleRows.Width)
        {
            int count = Math.Min(end - i, SingleRows.Width);
            var values = rows.Slice(i * stride, (count - 1) * stride + columns);
            for (int j = 0; j < values.Length; j++)
                widened[j] = double.CreateTruncating(values[j]);
            if (seconds.IsEmpty)
                NearestRows.Run(widened, columns, stride, table, 0, count, labels[(i - first)..], squared);
            else
                NearestRows.Run(widened, columns, stride, table, 0, count, labels[(i - first)..], squared, seconds[(i - first)..]);
            // A value that is no number has no distance to any centre.
            finite &= !squared[..count].Contains(double.PositiveInfinity);
        }
        ArrayPool<double>.Shared.Return(widened);
        return finite;
    }

    private static double Norm(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value * value;
        return Math.Sqrt(sum);
    }
}
