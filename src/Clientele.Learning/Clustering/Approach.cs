using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>
/// What is left of every row's w·D², D its distance to the nearest of the points accepted so far; summed by chunks of sixteen groups, so that drawing a
/// row reads the sums and one chunk.
/// </summary>
internal sealed class Approach<T> where T : unmanaged, INumber<T>
{
    private const int Chunk = 16, Together = 4;

    private readonly LaneTable<T> rows;
    private readonly T[] left, points;
    private readonly double[] sums;

    /// <param name="most">As many points may be tried at once.</param>
    public Approach(LaneTable<T> rows, int most)
    {
        this.rows = rows;
        points = new T[Math.Max(2, most + most % 2) * rows.Columns];
        sums = new double[(rows.Groups + Chunk - 1) / Chunk];
        left = new T[rows.Groups * LaneTable<T>.Width];
        left.AsSpan(0, rows.Rows).Fill(T.CreateSaturating(double.PositiveInfinity));     // what follows is padding, which nothing is left of
    }

    /// <summary>Σ of what is left.</summary>
    public double Potential { get; private set; }

    public void Accept(ReadOnlySpan<T> point)
    {
        for (int chunk = 0; chunk < sums.Length; chunk++)
            sums[chunk] = Near(chunk, point);
        Potential = 0;
        foreach (double sum in sums)
            Potential += sum;
    }

    /// <summary>Accepts the candidate that leaves the least; of equal ones the first.</summary>
    /// <param name="candidates">Indices of rows.</param>
    /// <returns>The row accepted.</returns>
    public int AcceptBest(ReadOnlySpan<int> candidates)
    {
        int d = rows.Columns, best = 0;
        for (int i = 0; i < points.Length / d; i++)
            rows.CopyRow(candidates[Math.Min(i, candidates.Length - 1)], points.AsSpan(i * d, d));
        double least = double.PositiveInfinity;
        for (int i = 0; i < candidates.Length; i += 2)
        {
            var (first, second) = Try(points.AsSpan(i * d, d), points.AsSpan((i + 1) * d, d));
            if (first < least)
                (least, best) = (first, i);
            if (second < least && i + 1 < candidates.Length)
                (least, best) = (second, i + 1);
        }
        Accept(points.AsSpan(best * d, d));
        return candidates[best];
    }

    /// <summary>The row in which the running sum of what is left passes a value.</summary>
    /// <param name="value">0 … <see cref="Potential"/>.</param>
    public int Reach(double value)
    {
        int chunk = 0;
        while (chunk < sums.Length - 1 && sums[chunk] <= value)
            value -= sums[chunk++];
        int length = Chunk * LaneTable<T>.Width, end = Math.Min(rows.Rows, (chunk + 1) * length), row = chunk * length;
        for (int i = row; i < end && value >= 0; i++)
        {
            double here = double.CreateSaturating(left[i]);
            if (here > 0)
                row = i;
            value -= here;
        }
        return row;
    }

    /// <summary>Draws every row by itself, with probability times × what is left of it ÷ <see cref="Potential"/>.</summary>
    /// <param name="drawn">Added to.</param>
    public void Draw(double times, RandomStream random, List<int> drawn)
    {
        for (int i = 0; i < rows.Rows; i++)
            if (random.Unit() * Potential < times * double.CreateSaturating(left[i]))
                drawn.Add(i);
    }

    // What two points would leave. They share the loads of four groups, and one's additions hide behind another's.
    private (double, double) Try(ReadOnlySpan<T> p, ReadOnlySpan<T> q)
    {
        (double sumP, double sumQ) = (0, 0);
        nuint group = (nuint)(rows.Columns * LaneTable<T>.Width);
        for (int chunk = 0; chunk < sums.Length; chunk++)
        {
            int at = chunk * Chunk, end = Math.Min(rows.Groups, at + Chunk);
            Vector512<T> totalP = default, totalQ = default;
            for (; at <= end - Together; at += Together)
            {
                Vector512<T> p0 = default, p1 = default, p2 = default, p3 = default, q0 = default, q1 = default, q2 = default, q3 = default;
                ref T lanes = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(rows.Values), (nuint)at * group);
                for (int j = 0; j < p.Length; j++, lanes = ref Unsafe.Add(ref lanes, LaneTable<T>.Width))
                {
                    var (to, other) = (Vector512.Create(p[j]), Vector512.Create(q[j]));
                    var x = Vector512.LoadUnsafe(ref lanes);
                    (p0, q0) = (LaneTable<T>.AddSquare(x - to, p0), LaneTable<T>.AddSquare(x - other, q0));
                    x = Vector512.LoadUnsafe(ref lanes, group);
                    (p1, q1) = (LaneTable<T>.AddSquare(x - to, p1), LaneTable<T>.AddSquare(x - other, q1));
                    x = Vector512.LoadUnsafe(ref lanes, 2 * group);
                    (p2, q2) = (LaneTable<T>.AddSquare(x - to, p2), LaneTable<T>.AddSquare(x - other, q2));
                    x = Vector512.LoadUnsafe(ref lanes, 3 * group);
                    (p3, q3) = (LaneTable<T>.AddSquare(x - to, p3), LaneTable<T>.AddSquare(x - other, q3));
                }
                totalP += Leave(at, p0) + Leave(at + 1, p1) + (Leave(at + 2, p2) + Leave(at + 3, p3));
                totalQ += Leave(at, q0) + Leave(at + 1, q1) + (Leave(at + 2, q2) + Leave(at + 3, q3));
            }
            for (; at < end; at++)
                (totalP, totalQ) = (totalP + Leave(at, Squared(at, p)), totalQ + Leave(at, Squared(at, q)));
            (sumP, sumQ) = (sumP + Sum(totalP), sumQ + Sum(totalQ));
        }
        return (sumP, sumQ);
    }

    // Keeps what the point leaves of a chunk, and says how much that is.
    private double Near(int chunk, ReadOnlySpan<T> point)
    {
        int end = Math.Min(rows.Groups, (chunk + 1) * Chunk);
        Vector512<T> total = default;
        for (int at = chunk * Chunk; at < end; at++)
        {
            var less = Leave(at, Squared(at, point));
            less.StoreUnsafe(ref left[at * LaneTable<T>.Width]);
            total += less;
        }
        return Sum(total);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<T> Squared(int group, ReadOnlySpan<T> point)
    {
        ref T lanes = ref rows.Values[group * rows.Columns * LaneTable<T>.Width];
        Vector512<T> sum = default;
        for (int j = 0; j < point.Length; j++)
            sum = LaneTable<T>.AddSquare(Vector512.LoadUnsafe(ref lanes, (nuint)(j * LaneTable<T>.Width)) - Vector512.Create(point[j]), sum);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<T> Leave(int group, Vector512<T> distances)
    {
        nuint at = (nuint)(group * LaneTable<T>.Width);
        if (rows.Weights is { } weights)
            distances *= Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(weights), at);
        return Vector512.MinNative(distances, Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(left), at));
    }

    // Partial sums, one per lane, added in order.
    private static double Sum(Vector512<T> lanes)
    {
        double sum = 0;
        for (int lane = 0; lane < LaneTable<T>.Width; lane++)
            sum += double.CreateSaturating(lanes[lane]);
        return sum;
    }
}
