namespace Clientele.Learning;

/// <summary>
/// Moves single rows to another cluster where that lowers the inertia, both centres following at once; ends where no such move is left.
/// Every end is also an end of Lloyd's iteration, but not the other way round. Source: Hartigan (1975), Clustering Algorithms, ch. 4; Telgarsky &amp; Vattani (2010), AISTATS.
/// </summary>
internal static class Exchange
{
    /// <returns>Did any row move?</returns>
    public static bool Run(LaneRows rows, double[] centres, int[] labels, int maxPasses)
    {
        int d = rows.Columns, k = centres.Length / d;
        var counts = new int[k];
        for (int i = 0; i < rows.Rows; i++)
            counts[labels[i]]++;
        bool moved = false;
        int still = 0;
        for (int pass = 0; pass < maxPasses; pass++)
            for (int i = 0; i < rows.Rows; i++)
            {
                int to = Better(rows.Row(i), centres, labels[i], counts);
                if (to != labels[i])
                {
                    Move(rows.Row(i), centres.AsSpan(labels[i] * d, d), -counts[labels[i]]--);
                    Move(rows.Row(i), centres.AsSpan(to * d, d), ++counts[to]);
                    (labels[i], moved, still) = (to, true, 0);
                }
                else if (++still == rows.Rows)
                    return moved;
            }
        return moved;
    }

    // Leaving a cluster of n saves d²·n/(n−1); joining one of m costs d²·m/(m+1).
    private static int Better(ReadOnlySpan<double> row, double[] centres, int own, int[] counts)
    {
        if (counts[own] == 1)
            return own;
        int d = row.Length, better = own;
        double saved = LaneRows.SquaredDistance(row, centres.AsSpan(own * d, d)) * counts[own] / (counts[own] - 1.0) * (1 - 1e-12);
        for (int c = 0; c < counts.Length; c++)
        {
            double cost = c == own ? double.PositiveInfinity : LaneRows.SquaredDistance(row, centres.AsSpan(c * d, d)) * counts[c] / (counts[c] + 1.0);
            if (cost < saved)
                (saved, better) = (cost, c);
        }
        return better;
    }

    // A mean of |size| rows after one joined (size > 0), or of size before one left (size < 0).
    private static void Move(ReadOnlySpan<double> row, Span<double> centre, int size)
    {
        double share = size > 0 ? 1.0 / size : 1.0 / (size + 1);
        for (int j = 0; j < row.Length; j++)
            centre[j] += (row[j] - centre[j]) * share;
    }
}
