namespace Clientele.Learning;

/// <param name="Left">Below n: a row. n + m: the cluster of merge m.</param>
/// <param name="Right">As <paramref name="Left"/>; the greater of the two.</param>
/// <param name="Height">√(2·ab/(a+b))·‖centre − centre‖ of the clusters of a and b rows: the growth of Σ‖x−c‖² is half its square.</param>
/// <param name="Size">Rows of the merged cluster.</param>
public sealed record WardMerge(int Left, int Right, double Height, int Size);

/// <summary>How n rows grow together into one cluster: n − 1 merges, the lowest first.</summary>
public sealed record WardTree(IReadOnlyList<WardMerge> Merges)
{
    /// <summary>n.</summary>
    public int Rows => Merges.Count + 1;

    /// <summary>The k clusters that remain when the highest k − 1 merges are undone.</summary>
    /// <param name="clusters">1 … n.</param>
    /// <returns>0 … k−1 for every row, numbered by their first rows.</returns>
    public int[] Cut(int clusters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clusters, Rows);
        int kept = Rows - clusters;
        int[] above = [.. Enumerable.Range(0, Rows + kept)];
        for (int m = 0; m < kept; m++)
            (above[Merges[m].Left], above[Merges[m].Right]) = (Rows + m, Rows + m);
        for (int node = above.Length - 1; node >= 0; node--)
            above[node] = above[above[node]];
        var labels = new int[Rows];
        var numbers = new Dictionary<int, int>(clusters);
        for (int i = 0; i < Rows; i++)
        {
            if (!numbers.TryGetValue(above[i], out labels[i]))
                numbers[above[i]] = labels[i] = numbers.Count;
        }
        return labels;
    }
}
