namespace Clientele.Learning;

/// <summary>One tree, a node per index, the root first.</summary>
/// <param name="Features">Column that a node asks; −1 at a leaf.</param>
/// <param name="Cuts">A row goes left when its value is at most this; unused at leaves and where categories are asked.</param>
/// <param name="Lefts">Index of the left child; the right one is next to it. 0 at a leaf.</param>
/// <param name="MissingLeft">Where a missing value (NaN), or a category never seen, goes.</param>
/// <param name="Sets">−1, or where in <paramref name="Categories"/> the node's set begins: 256 bits, the codes that go left.</param>
/// <param name="Categories">Four words per set.</param>
/// <param name="Values">Nodes × outputs: what a row that ends here gets. Inner nodes hold the value they would have as leaves.</param>
/// <param name="Covers">Weight of the training rows that came by.</param>
/// <param name="Gains">What the split took off the loss; 0 at leaves.</param>
public sealed record DecisionTree(
    int[] Features, double[] Cuts, int[] Lefts, bool[] MissingLeft, int[] Sets, ulong[] Categories, double[] Values, double[] Covers, double[] Gains)
{
    /// <summary>Words of 64 bits that hold one set of category codes.</summary>
    internal const int SetWords = 4;

    internal int Nodes => Features.Length;

    internal int Outputs => Values.Length / Features.Length;

    internal int Leaves => (Features.Length + 1) / 2;

    /// <summary>The leaf that a row ends in. Category columns hold codes.</summary>
    internal int Leaf(ReadOnlySpan<double> row)
    {
        int node = 0;
        while (Features[node] is >= 0 and var feature)
            node = Lefts[node] + (GoesLeft(node, row[feature]) ? 0 : 1);
        return node;
    }

    internal bool GoesLeft(int node, double value) => double.IsNaN(value)
        ? MissingLeft[node]
        : Sets[node] < 0 ? value <= Cuts[node] : Contains(Categories.AsSpan(Sets[node], SetWords), (int)value);

    internal static bool Contains(ReadOnlySpan<ulong> set, int code) => (set[code >> 6] >> code & 1) != 0;
}
