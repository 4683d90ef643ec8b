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
    private readonly double[] joining;      // without weights, m/(m+1): what joining a cluster of weight m costs, per squared distance
    private readonly double[] costs, mass;
    private readonly int[] counts;

    private Exchange(LaneRows rows, double[] centres, int[] labels)
    {
        columns = rows.Columns;
        clusters = centres.Length / columns;
        stride = (clusters + LaneRows.Width - 1) / LaneRows.Width * LaneRows.Width;
        (table, joining, costs, mass, counts) = (new double[columns * stride], new double[stride], new double[stride], new double[stride], new int[clusters]);
        Array.Fill(table, double.PositiveInfinity);
        Array.Fill(joining, 1);
        Array.Fill(mass, 1, clusters, stride - clusters);
        for (int i = 0; i < rows.Rows; i++)
        {
            counts[labels[i]]++;
            mass[labels[i]] += rows.View.Weight(i);
        }
        for (int c = 0; c < clusters; c++)
        {
            joining[c] = mass[c] / (mass[c] + 1);
            for (int j = 0; j < columns; j++)
                table[j * stride + c] = centres[c * columns + j];
        }
    }

    /// <param name="centres">k × d, row-major: the means of the labels. Moved along.</param>
    /// <param name="labels">Changed in place.</param>
    /// <param name="exact">Single precision does not tell these rows apart: look at each.</param>
    /// <returns>Did any row move?</returns>
    public static bool Run(LaneRows rows, double[] centres, int[] labels, int maxPasses, bool exact = false)
    {
        var exchange = new Exchange(rows, centres, labels);
        int passes = 0;
        while (passes < maxPasses && exchange.Pass(rows, labels, exact))
        {
            passes++;
            exchange.CopyTo(centres);
        }
        return passes > 0;
    }

    private void CopyTo(double[] centres)
    {
        for (int c = 0; c < clusters; c++)
            for (int j = 0; j < columns; j++)
                centres[c * columns + j] = table[j * stride + c];
    }

    // Single precision sorts out rows that gain nothing by any move, with a margin that covers its rounding and the moves of this pass; the others are looked at.
    private bool Pass(LaneRows rows, int[] labels, bool exact)
    {
        var singles = rows.Singles;
        var placed = new SingleCentres(clusters, columns);
        var centres = new double[clusters * columns];
        CopyTo(centres);
        placed.Place(singles.Frame.Enter(centres));
        (double lightest, double heaviest) = (double.PositiveInfinity, rows.View.Weights is { } weights ? weights.Max() : 1);
        for (int c = 0; c < clusters; c++)
            lightest = Math.Min(lightest, mass[c]);
        double leave = lightest > heaviest ? lightest / (lightest - heaviest) : double.PositiveInfinity;
        var most = Vector512.Create((float)(leave * (lightest + heaviest) / lightest * 1.01));
        bool moved = false;
        for (int group = 0; group < singles.Groups; group += 2)
        {
            int next = Math.Min(group + 1, singles.Groups - 1);
            NearestSingles.Of(singles, placed, group, next, out var left, out var right);
            moved |= Look(rows, labels, group, exact ? uint.MaxValue : Gaining(left, most));
            if (next > group)
                moved |= Look(rows, labels, next, exact ? uint.MaxValue : Gaining(right, most));
        }
        return moved;
    }

    private static ulong Gaining(in NearestSingles.Found found, Vector512<float> most) =>
        (~Vector512.LessThan(found.Nearest * most, found.Second)).ExtractMostSignificantBits();

    private bool Look(LaneRows rows, int[] labels, int group, ulong lanes)
    {
        bool moved = false;
        for (int first = group * SingleRows.Width; lanes != 0 && first + BitOperations.TrailingZeroCount(lanes) is var i && i < Math.Min(rows.Rows, first + SingleRows.Width); lanes &= lanes - 1)
        {
            var row = rows.Row(i);
            double weight = rows.View.Weight(i);
            int to = Better(row, weight, labels[i]);
            if (to == labels[i])
                continue;
            Move(row, labels[i], -weight);
            Move(row, to, weight);
            (labels[i], moved) = (to, true);
        }
        return moved;
    }

    // Leaving a cluster of weight n saves w·d²·n/(n−w); joining one of m costs w·d²·m/(m+w).
    private int Better(ReadOnlySpan<double> row, double weight, int own)
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
            var share = Vector512.LoadUnsafe(ref joining[first]);
            if (weight != 1)
                share = Vector512.LoadUnsafe(ref mass[first]) / (Vector512.LoadUnsafe(ref mass[first]) + Vector512.Create(weight));
            (sum * share).StoreUnsafe(ref costs[first]);
        }
        double saved = costs[own] * (mass[own] + weight) / (mass[own] - weight) * (1 - 1e-12);
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

    private void Move(ReadOnlySpan<double> row, int cluster, double weight)
    {
        counts[cluster] += Math.Sign(weight);
        mass[cluster] += weight;
        joining[cluster] = mass[cluster] / (mass[cluster] + 1);
        double share = weight / mass[cluster];
        for (int j = 0; j < row.Length; j++)
            table[j * stride + cluster] += (row[j] - table[j * stride + cluster]) * share;
    }
}
