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
        var approach = new Approach(rows, candidates);
        for (int at = 0; at < first.Length; at += d)
            approach.Accept(first.Slice(at, d));
        Span<double> draws = stackalloc double[candidates];
        var drawn = new int[candidates];
        for (int c = first.Length / d; c < clusters; c++)
        {
            foreach (ref double draw in draws)
                draw = random.Unit() * approach.Potential;
            draws.Sort();
            int row = 0;
            double reached = approach.Left[0];
            for (int i = 0; i < candidates; i++)
            {
                while (reached <= draws[i] && row < rows.Rows - 1)
                    reached += approach.Left[++row];
                drawn[i] = row;
            }
            rows.Row(approach.AcceptBest(drawn)).CopyTo(centres.AsSpan(c * d));
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
}
