using System.Numerics;

namespace Clientele.Learning;

/// <summary>
/// Greedy k-means++: the first centre drawn by weight, each next one the best of 2 + ⌊ln k⌋ candidates drawn with probability w·D²(x)/Σw·D².
/// Source: Arthur &amp; Vassilvitskii (2007), SODA, §2.2 and §6.
/// </summary>
internal static class Seeding
{
    /// <param name="exact">Distances in double precision.</param>
    /// <returns>k × d, row-major: copies of rows.</returns>
    public static double[] Choose(LaneRows rows, int clusters, RandomStream random, bool exact = false) =>
        Extend(rows, rows.Row(First(rows.View, random)), clusters, random, exact);

    /// <summary>Adds centres by the same rule until there are as many as asked for.</summary>
    /// <param name="first">At least one centre × d, row-major.</param>
    public static double[] Extend(LaneRows rows, ReadOnlySpan<double> first, int clusters, RandomStream random, bool exact = false)
    {
        if (exact)
            return Extend(rows, rows.Doubles, first, first, clusters, random);
        float[] framed = [.. rows.Singles.Frame.Enter(first).Select(value => (float)value)];
        return Extend<float>(rows, rows.Singles.Table, first, framed, clusters, random);
    }

    private static double[] Extend<T>(LaneRows rows, LaneTable<T> lanes, ReadOnlySpan<double> first, ReadOnlySpan<T> framed, int clusters, RandomStream random) where T : unmanaged, INumber<T>
    {
        int d = rows.Columns;
        var centres = new double[clusters * d];
        first.CopyTo(centres);
        Span<int> drawn = stackalloc int[2 + (int)Math.Log(clusters)];
        var approach = new Approach<T>(lanes, drawn.Length);
        for (int at = 0; at < first.Length; at += d)
            approach.Accept(framed.Slice(at, d));
        for (int c = first.Length / d; c < clusters; c++)
        {
            foreach (ref int row in drawn)
                row = approach.Reach(random.Unit() * approach.Potential);
            rows.Row(approach.AcceptBest(drawn)).CopyTo(centres.AsSpan(c * d));
        }
        return centres;
    }

    /// <summary>A row drawn by weight.</summary>
    public static int First(RowView rows, RandomStream random)
    {
        if (rows.Weights is null)
            return random.Below(rows.Rows);
        double draw = random.Unit() * rows.Weights.Take(rows.Rows).Sum(), reached = rows.Weights[0];
        int row = 0;
        while (reached <= draw && row < rows.Rows - 1)
            reached += rows.Weights[++row];
        return row;
    }
}
