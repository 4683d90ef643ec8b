namespace Clientele.Learning;

/// <summary>Says what became of the clusters of one fit in another: kept, split, merged, new or retired.</summary>
/// <remarks>
/// Two clusters belong together when one holds more than half of the other. Pairs of the optimal assignment come first, then the strongest;
/// a pair is taken as long as one side of its group stays single, so every group is a keep, a split or a merge.
/// </remarks>
public static class ClusterAlignment
{
    /// <param name="before">Labels of the first fit, of the members that both fits have; 0 … rows of <paramref name="centresBefore"/> − 1.</param>
    /// <param name="after">Labels of the second fit, of the same members.</param>
    /// <param name="centresBefore">In the same space as <paramref name="centresAfter"/>; they decide between equal overlaps, and where no member is shared.</param>
    public static FitAlignment Find(IReadOnlyList<int> before, IReadOnlyList<int> after, Matrix centresBefore, Matrix centresAfter)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        NotFiniteException.Refuse(centresBefore);
        NotFiniteException.Refuse(centresAfter);
        ArgumentOutOfRangeException.ThrowIfLessThan(centresBefore.Rows, 1, nameof(centresBefore));
        ArgumentOutOfRangeException.ThrowIfLessThan(centresAfter.Rows, 1, nameof(centresAfter));
        ArgumentOutOfRangeException.ThrowIfNotEqual(after.Count, before.Count, nameof(after));
        ArgumentOutOfRangeException.ThrowIfNotEqual(centresAfter.Columns, centresBefore.Columns, nameof(centresAfter));
        RefuseStray(before, centresBefore.Rows, nameof(before));
        RefuseStray(after, centresAfter.Rows, nameof(after));
        var overlap = Overlap.Of(before, after, centresBefore.Rows, centresAfter.Rows);
        var distances = Distances(centresBefore, centresAfter);
        int[] columns = OptimalAssignment.Solve(Cost(overlap, distances));
        return before.Count == 0 ? ByCentres(columns, distances) : ByMembers(columns, overlap, distances, before.Count);
    }

    private static void RefuseStray(IReadOnlyList<int> labels, int clusters, string name)
    {
        for (int i = 0; i < labels.Count; i++)
            if (labels[i] < 0 || labels[i] >= clusters)
                throw new ArgumentOutOfRangeException(name, labels[i], $"Member {i} has a label that is none of the {clusters} centres.");
    }

    private static Matrix Distances(Matrix before, Matrix after)
    {
        var distances = new Matrix(before.Rows, after.Rows);
        for (int b = 0; b < before.Rows; b++)
            for (int a = 0; a < after.Rows; a++)
                distances[b, a] = Math.Sqrt(LaneRows.SquaredDistance(before.Row(b), after.Row(a)));
        return distances;
    }

    // Members are whole numbers: all distances together weigh less than one of them.
    private static Matrix Cost(Overlap overlap, Matrix distances)
    {
        double total = distances.Values.Sum();
        var cost = new Matrix(distances.Rows, distances.Columns);
        for (int b = 0; b < cost.Rows; b++)
            for (int a = 0; a < cost.Columns; a++)
                cost[b, a] = (total > 0 ? distances[b, a] / total / 2 : 0) - overlap.Counts[b, a];
        return cost;
    }

    private static FitAlignment ByMembers(int[] columns, Overlap overlap, Matrix distances, int shared)
    {
        int[] matches = [.. columns.Select((a, b) => a >= 0 && overlap.Counts[b, a] > 0 ? a : -1)];
        var groups = new ClusterGroups(distances.Rows, distances.Columns);
        var pairs = from b in Enumerable.Range(0, distances.Rows)
                    from a in Enumerable.Range(0, distances.Columns)
                    where overlap.IsMajority(b, a)
                    orderby matches[b] == a descending, overlap.Strength(b, a) descending, overlap.Counts[b, a] descending, distances[b, a]
                    select (b, a);
        foreach (var (b, a) in pairs)
            groups.Join(b, a);
        return new([.. groups.Fates(overlap)], matches, shared);
    }

    // A pair is kept when each is the other's nearest.
    private static FitAlignment ByCentres(int[] columns, Matrix distances)
    {
        var groups = new ClusterGroups(distances.Rows, distances.Columns);
        var confidence = new double[distances.Rows];
        var matches = new int[distances.Rows];
        for (int b = 0; b < columns.Length; b++)
        {
            double next = columns[b] < 0 ? 0 : Next(distances, b, columns[b]);
            bool mutual = columns[b] >= 0 && distances[b, columns[b]] <= next;
            matches[b] = mutual ? columns[b] : -1;
            if (!mutual)
                continue;
            groups.Join(b, columns[b]);
            confidence[b] = next == 0 ? 0 : double.IsInfinity(next) ? 1 : 1 - distances[b, columns[b]] / next;
        }
        return new([.. groups.Fates(null).Select(fate => fate with { Confidence = fate.Change == ClusterChange.Keep ? confidence[fate.Before[0]] : 0 })], matches, 0);
    }

    // The least distance of either to any third; ∞ without one.
    private static double Next(Matrix distances, int before, int after)
    {
        double least = double.PositiveInfinity;
        for (int b = 0; b < distances.Rows; b++)
            least = b == before ? least : Math.Min(least, distances[b, after]);
        for (int a = 0; a < distances.Columns; a++)
            least = a == after ? least : Math.Min(least, distances[before, a]);
        return least;
    }
}
