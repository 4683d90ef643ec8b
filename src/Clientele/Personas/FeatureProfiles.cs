using Clientele.Features;

namespace Clientele.Personas;

/// <summary>Sorts every feature once and reads all of its profiles from that order.</summary>
internal static class FeatureProfiles
{
    /// <param name="columns">Indices into the table's columns.</param>
    /// <param name="labels">n, 0 … k−1; every segment has a member.</param>
    /// <returns>By segment, then in the order of <paramref name="columns"/>.</returns>
    public static FeatureProfile[][] Of(FeatureTable table, IReadOnlyList<int> columns, IReadOnlyList<int> labels, int segments)
    {
        var profiles = new FeatureProfile[segments][];
        for (int s = 0; s < segments; s++)
            profiles[s] = new FeatureProfile[columns.Count];
        var sizes = new int[segments];
        foreach (int label in labels)
            sizes[label]++;
        Parallel.For(0, columns.Count, c =>
        {
            var column = OfColumn(table.Columns[columns[c]], table.Values.Column(columns[c]), labels, sizes);
            for (int s = 0; s < segments; s++)
                profiles[s][c] = column[s];
        });
        return profiles;
    }

    private static FeatureProfile[] OfColumn(Feature feature, double[] values, IReadOnlyList<int> labels, int[] sizes)
    {
        int n = values.Length, segments = sizes.Length;
        var sums = new double[segments];
        double total = 0;
        for (int i = 0; i < n; i++)
        {
            total += values[i];
            sums[labels[i]] += values[i];
        }

        var owners = new int[n];
        for (int i = 0; i < n; i++)
            owners[i] = labels[i];
        Array.Sort(values, owners);

        var starts = Starts(sizes);
        var next = starts[..segments];
        var own = new double[n];                // members' values, segment by segment, ascending
        var ranks = new double[segments];       // Σ of midranks, from 1
        for (int first = 0, last; first < n; first = last)
        {
            for (last = first + 1; last < n && values[last] == values[first];)
                last++;
            double midrank = (first + 1 + last) / 2.0;
            for (int i = first; i < last; i++)
            {
                ranks[owners[i]] += midrank;
                own[next[owners[i]]++] = values[i];
            }
        }

        var everyone = Spread.Of(values, total);
        var profiles = new FeatureProfile[segments];
        for (int s = 0; s < segments; s++)
            profiles[s] = new(feature, Spread.Of(own.AsSpan(starts[s], sizes[s]), sums[s]), everyone, CliffsDelta(ranks[s], sizes[s], n));
        return profiles;
    }

    /// <remarks>2U ÷ (m (n−m)) − 1 with Mann and Whitney's U. Source: Cliff (1993), Psychological Bulletin 114(3).</remarks>
    private static double CliffsDelta(double rankSum, double members, double n) =>
        members == n ? 0 : 2 * (rankSum - members * (members + 1) / 2) / (members * (n - members)) - 1;

    private static int[] Starts(int[] sizes)
    {
        var starts = new int[sizes.Length + 1];
        for (int s = 0; s < sizes.Length; s++)
            starts[s + 1] = starts[s] + sizes[s];
        return starts;
    }
}
