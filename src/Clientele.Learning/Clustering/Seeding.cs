using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>
/// Greedy k-means++: the first centre drawn by weight, each next one the best of 2 + ⌊ln k⌋ candidates drawn with probability w·D²(x)/Σw·D².
/// Source: Arthur &amp; Vassilvitskii (2007), SODA, §2.2 and §6.
/// </summary>
internal static class Seeding
{
    /// <returns>k × d, row-major: copies of rows.</returns>
    public static double[] Choose(LaneRows rows, int clusters, RandomStream random) =>
        Extend(rows, rows.Row(First(rows.View, random)), clusters, random);

    /// <summary>Adds centres by the same rule until there are as many as asked for.</summary>
    /// <param name="first">At least one centre × d, row-major.</param>
    public static double[] Extend(LaneRows rows, ReadOnlySpan<double> first, int clusters, RandomStream random)
    {
        int candidates = 2 + (int)Math.Log(clusters), d = rows.Columns;
        var centres = new double[clusters * d];
        first.CopyTo(centres);
        double[] closest = Infinite(rows), least = Infinite(rows), trial = Infinite(rows);
        double potential = 0;
        for (int at = 0; at < first.Length; at += d)
            potential = Approach(rows, centres.AsSpan(at, d), closest, closest);
        Span<double> draws = stackalloc double[candidates];
        for (int c = first.Length / d; c < clusters; c++)
        {
            foreach (ref double draw in draws)
                draw = random.Unit() * potential;
            draws.Sort();
            (double best, int chosen) = (double.PositiveInfinity, -1);
            int row = 0;
            double reached = closest[0];
            foreach (double draw in draws)
            {
                while (reached <= draw && row < rows.Rows - 1)
                    reached += closest[++row];
                double left = Approach(rows, rows.Row(row), closest, trial);
                if (left < best || chosen < 0)
                {
                    (best, chosen) = (left, row);
                    (least, trial) = (trial, least);
                }
            }
            rows.Row(chosen).CopyTo(centres.AsSpan(c * d));
            (closest, least) = (least, closest);
            potential = best;
        }
        return centres;
    }

    private static int First(RowView rows, RandomStream random)
    {
        if (rows.Weights is null)
            return random.Below(rows.Rows);
        double draw = random.Unit() * rows.Weights.Take(rows.Rows).Sum(), reached = rows.Weights[0];
        int row = 0;
        while (reached <= draw && row < rows.Rows - 1)
            reached += rows.Weights[++row];
        return row;
    }

    private static double[] Infinite(LaneRows rows)
    {
        var values = new double[rows.Groups * LaneRows.Width];
        Array.Fill(values, double.PositiveInfinity);
        return values;
    }

    /// <summary>What is left of every row's w·D² if the point became a centre.</summary>
    /// <returns>Its sum: eight partial sums, one per lane of the layout, then added in order.</returns>
    private static double Approach(LaneRows rows, ReadOnlySpan<double> point, double[] before, double[] after)
    {
        ref double lanes = ref MemoryMarshal.GetArrayDataReference(rows.Lanes);
        var sums = Vector512<double>.Zero;
        for (int group = 0; group < rows.Groups; group++)
        {
            nuint at = (nuint)(group * point.Length * LaneRows.Width);
            var distance = Vector512<double>.Zero;
            for (int j = 0; j < point.Length; j++)
            {
                var gap = Vector512.LoadUnsafe(ref lanes, at + (nuint)(j * LaneRows.Width)) - Vector512.Create(point[j]);
                distance = Vector512.FusedMultiplyAdd(gap, gap, distance);
            }
            if (rows.View.Weights is { } weights)
                distance *= Vector512.LoadUnsafe(ref weights[group * LaneRows.Width]);
            var least = Vector512.Min(distance, Vector512.LoadUnsafe(ref before[group * LaneRows.Width]));
            least.StoreUnsafe(ref after[group * LaneRows.Width]);
            if (group < rows.Groups - 1 || rows.Rows % LaneRows.Width == 0)
                sums += least;
            else
                for (int lane = 0; lane < rows.Rows % LaneRows.Width; lane++)
                    sums = sums.WithElement(lane, sums[lane] + least[lane]);
        }
        double sum = 0;
        for (int lane = 0; lane < LaneRows.Width; lane++)
            sum += sums[lane];
        return sum;
    }
}
