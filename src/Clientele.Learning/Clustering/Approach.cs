using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>What is left of every row's w·D², D its distance to the nearest of the points accepted so far.</summary>
internal sealed class Approach
{
    private const int Together = 4;

    private readonly LaneRows rows;
    private readonly double[][] trials;
    private readonly double[] potentials, points;

    /// <param name="candidates">As many may be tried at once.</param>
    public Approach(LaneRows rows, int candidates)
    {
        this.rows = rows;
        int rounded = (candidates + Together - 1) / Together * Together;
        trials = [.. Enumerable.Range(0, rounded).Select(_ => new double[rows.Groups * LaneRows.Width])];
        (potentials, points) = (new double[rounded], new double[rounded * rows.Columns]);
        Left = new double[rows.Groups * LaneRows.Width];
        Array.Fill(Left, double.PositiveInfinity);
    }

    /// <summary>One per row; what follows is padding.</summary>
    public double[] Left { get; private set; }
    /// <summary>Σ of what is left.</summary>
    public double Potential { get; private set; }

    public void Accept(ReadOnlySpan<double> point)
    {
        for (int i = 0; i < Together; i++)
            point.CopyTo(points.AsSpan(i * point.Length));
        Try(0);
        Keep(0);
    }

    /// <summary>Accepts the candidate that leaves the least; of equal ones the first.</summary>
    /// <param name="candidates">Indices of rows.</param>
    /// <returns>The row accepted.</returns>
    public int AcceptBest(int[] candidates)
    {
        for (int i = 0; i < trials.Length; i++)
            rows.Row(candidates[Math.Min(i, candidates.Length - 1)]).CopyTo(points.AsSpan(i * rows.Columns));
        for (int i = 0; i < trials.Length; i += Together)
            Try(i);
        int best = 0;
        for (int i = 1; i < candidates.Length; i++)
            if (potentials[i] < potentials[best])
                best = i;
        Keep(best);
        return candidates[best];
    }

    private void Keep(int trial)
    {
        (Left, trials[trial]) = (trials[trial], Left);
        Potential = potentials[trial];
    }

    // Four points at once: they share the loads of the rows, and one's additions hide behind another's.
    private void Try(int first)
    {
        nuint d = (nuint)rows.Columns;
        ref double lanes = ref MemoryMarshal.GetArrayDataReference(rows.Lanes);
        ref double p = ref points[first * rows.Columns];
        ref double q = ref Unsafe.Add(ref p, d), r = ref Unsafe.Add(ref q, d), s = ref Unsafe.Add(ref r, d);
        Vector512<double> sumP = default, sumQ = default, sumR = default, sumS = default;
        for (int group = 0; group < rows.Groups; group++)
        {
            Vector512<double> toP = default, toQ = default, toR = default, toS = default;
            for (nuint j = 0; j < d; j++)
            {
                var x = Vector512.LoadUnsafe(ref lanes, j * LaneRows.Width);
                toP = AddSquare(x - Vector512.Create(Unsafe.Add(ref p, j)), toP);
                toQ = AddSquare(x - Vector512.Create(Unsafe.Add(ref q, j)), toQ);
                toR = AddSquare(x - Vector512.Create(Unsafe.Add(ref r, j)), toR);
                toS = AddSquare(x - Vector512.Create(Unsafe.Add(ref s, j)), toS);
            }
            lanes = ref Unsafe.Add(ref lanes, d * LaneRows.Width);
            sumP += Leave(group, toP, trials[first]);
            sumQ += Leave(group, toQ, trials[first + 1]);
            sumR += Leave(group, toR, trials[first + 2]);
            sumS += Leave(group, toS, trials[first + 3]);
        }
        (potentials[first], potentials[first + 1]) = (Sum(sumP), Sum(sumQ));
        (potentials[first + 2], potentials[first + 3]) = (Sum(sumR), Sum(sumS));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> AddSquare(Vector512<double> gap, Vector512<double> sum) => Vector512.FusedMultiplyAdd(gap, gap, sum);

    // Padding lanes count for nothing.
    private Vector512<double> Leave(int group, Vector512<double> distances, double[] trial)
    {
        int at = group * LaneRows.Width;
        if (rows.View.Weights is { } weights)
            distances *= Vector512.LoadUnsafe(ref weights[at]);
        var least = Vector512.Min(distances, Vector512.LoadUnsafe(ref Left[at]));
        least.StoreUnsafe(ref trial[at]);
        return rows.Rows - at >= LaneRows.Width
            ? least
            : Vector512.ConditionalSelect(Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)(rows.Rows - at))).AsDouble(), least, default);
    }

    // Eight partial sums, one per lane, added in order.
    private static double Sum(Vector512<double> lanes)
    {
        double sum = 0;
        for (int lane = 0; lane < LaneRows.Width; lane++)
            sum += lanes[lane];
        return sum;
    }
}
