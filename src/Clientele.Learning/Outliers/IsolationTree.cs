namespace Clientele.Learning;

/// <summary>One tree, a node per index, the root first.</summary>
/// <param name="Features">Column that a node asks; −1 at a leaf.</param>
/// <param name="Cuts">A row goes left when its value is below; at a leaf the path length: depth + c(rows that ended here).</param>
/// <param name="Lefts">Index of the left child; the right one is next to it.</param>
public sealed record IsolationTree(int[] Features, double[] Cuts, int[] Lefts)
{
    internal double Path(ReadOnlySpan<double> row)
    {
        int node = 0;
        while (Features[node] is >= 0 and var feature)
            node = Lefts[node] + (row[feature] < Cuts[node] ? 0 : 1);
        return Cuts[node];
    }
}
