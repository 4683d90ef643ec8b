using System.Numerics;
using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>
/// Moves single rows to another cluster where that lowers the inertia, both centres following at once; ends where no such move is left.
/// Every end is also an end of Lloyd's iteration, but not the other way round. Source: Hartigan (1975), Clustering Algorithms, ch. 4; Telgarsky &amp; Vattani (2010), AISTATS.
/// </summary>
/// <remarks>Lanes are centres here, for they move while the rows pass by one at a time.</remarks>
internal sealed class Exchange
{
    private readonly int columns, clusters, stride;
    private readonly double[] table;        // d × centres, the last ones at +∞: nothing moves there
    private readonly double[] joining;      // m/(m+1): what joining a cluster of m rows costs, per squared distance
    private readonly double[] costs;
    private readonly int[] counts;

    private Exchange(LaneRows rows, double[] centres, int[] labels)
    {
        columns = rows.Columns;
        clusters = centres.Length / columns;
        stride = (clusters + LaneRows.Width - 1) / LaneRows.Width * LaneRows.Width;
        (table, joining, costs, counts) = (new double[columns * stride], new double[stride], new double[stride], new int[clusters]);
        Array.Fill(table, double.PositiveInfinity);
        Array.Fill(joining, 1);
        for (int i = 0; i < rows.Rows; i++)
            counts[labels[i]]++;
        for (int c = 0; c < clusters; c++)
        {
            joining[c] = counts[c] / (counts[c] + 1.0);
            for (int j = 0; j < columns; j++)
                table[j * stride + c] = centres[c * columns + j];
        }
    }

    /// <param name="centres">k × d, row-major: the means of the labels. Moved along.</param>
    /// <param name="labels">Changed in place.</param>
    /// <returns>Did any row move?</returns>
    public static bool Run(LaneRows rows, double[] centres, int[] labels, int maxPasses)
    {
        var exchange = new Exchange(rows, centres, labels);
        bool moved = exchange.Pass(rows, labels, maxPasses);
        for (int c = 0; c < exchange.clusters && moved; c++)
            for (int j = 0; j < exchange.columns; j++)
                centres[c * exchange.columns + j] = exchange.table[j * exchange.stride + c];
        return moved;
    }

    private bool Pass(LaneRows rows, int[] labels, int maxPasses)
    {
        bool moved = false;
        int still = 0;
        for (int pass = 0; pass < maxPasses; pass++)
            for (int i = 0; i < rows.Rows; i++)
            {
                var row = rows.Row(i);
                int to = Better(row, labels[i]);
                if (to != labels[i])
                {
                    Move(row, labels[i], -1);
                    Move(row, to, +1);
                    (labels[i], moved, still) = (to, true, 0);
                }
                else if (++still == rows.Rows)
                    return moved;
            }
        return moved;
    }

    // Leaving a cluster of n saves d²·n/(n−1); joining one of m costs d²·m/(m+1).
    private int Better(ReadOnlySpan<double> row, int own)
    {
        if (counts[own] == 1)
            return own;
        for (int first = 0; first < stride; first += LaneRows.Width)
        {
            var sum = Vector512<double>.Zero;
            for (int j = 0; j < row.Length; j++)
            {
                var gap = Vector512.Create(row[j]) - Vector512.LoadUnsafe(ref table[j * stride + first]);
                sum = Vector512.FusedMultiplyAdd(gap, gap, sum);
            }
            (sum * Vector512.LoadUnsafe(ref joining[first])).StoreUnsafe(ref costs[first]);
        }
        double saved = costs[own] * (counts[own] + 1.0) / (counts[own] - 1.0) * (1 - 1e-12);
        int better = own;
        for (int first = 0; first < stride; first += LaneRows.Width)
        {
            ulong lower = Vector512.LessThan(Vector512.LoadUnsafe(ref costs[first]), Vector512.Create(saved)).ExtractMostSignificantBits();
            for (; lower != 0; lower &= lower - 1)
            {
                int c = first + BitOperations.TrailingZeroCount(lower);
                if (c != own && costs[c] < saved)
                    (saved, better) = (costs[c], c);
            }
        }
        return better;
    }

    private void Move(ReadOnlySpan<double> row, int cluster, int change)
    {
        counts[cluster] += change;
        joining[cluster] = counts[cluster] / (counts[cluster] + 1.0);
        double share = (double)change / counts[cluster];
        for (int j = 0; j < row.Length; j++)
            table[j * stride + cluster] += (row[j] - table[j * stride + cluster]) * share;
    }
}
