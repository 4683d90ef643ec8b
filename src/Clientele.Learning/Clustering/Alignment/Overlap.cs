namespace Clientele.Learning;

/// <summary>Members that clusters of two fits share.</summary>
/// <param name="Counts">Clusters before × clusters after.</param>
internal sealed record Overlap(int[,] Counts, int[] Before, int[] After)
{
    public static Overlap Of(IReadOnlyList<int> before, IReadOnlyList<int> after, int clustersBefore, int clustersAfter)
    {
        var overlap = new Overlap(new int[clustersBefore, clustersAfter], new int[clustersBefore], new int[clustersAfter]);
        for (int i = 0; i < before.Count; i++)
        {
            overlap.Counts[before[i], after[i]]++;
            overlap.Before[before[i]]++;
            overlap.After[after[i]]++;
        }
        return overlap;
    }

    /// <summary>More than half of the cluster before went there, or more than half of the cluster after came from there.</summary>
    public bool IsMajority(int before, int after) => 2 * Counts[before, after] > Before[before] || 2 * Counts[before, after] > After[after];

    /// <summary>The greater of the two shares.</summary>
    public double Strength(int before, int after) =>
        Counts[before, after] == 0 ? 0 : (double)Counts[before, after] / Math.Min(Before[before], After[after]);

    /// <summary>Of the clusters of each side taken together.</summary>
    public double Jaccard(IReadOnlyList<int> before, IReadOnlyList<int> after)
    {
        int both = before.Sum(b => after.Sum(a => Counts[b, a]));
        int either = before.Sum(b => Before[b]) + after.Sum(a => After[a]) - both;
        return either == 0 ? 0 : (double)both / either;
    }
}
