namespace Clientele.Learning;

/// <summary>A tree under construction: nodes are added in pairs and given their split later.</summary>
/// <param name="outputs">Values per node.</param>
internal sealed class DecisionTreeBuilder(int outputs)
{
    private readonly List<int> features = [], lefts = [], sets = [];
    private readonly List<double> cuts = [], covers = [], gains = [], values = [];
    private readonly List<bool> missingLeft = [];
    private readonly List<ulong> categories = [];

    /// <returns>The index of the new leaf.</returns>
    public int Add(params ReadOnlySpan<double> value)
    {
        features.Add(-1);
        lefts.Add(0);
        sets.Add(-1);
        cuts.Add(0);
        covers.Add(0);
        gains.Add(0);
        missingLeft.Add(false);
        values.AddRange(value);
        return features.Count - 1;
    }

    public void SetValue(int node, double value) => values[node * outputs] = value;

    public void SetCover(int node, double cover) => covers[node] = cover;

    /// <summary>Takes a share of every value.</summary>
    public void Shrink(double share)
    {
        for (int i = 0; i < values.Count; i++)
            values[i] *= share;
    }

    /// <summary>Turns a leaf into a question; its children must be added next, the left one first.</summary>
    public void Ask(int node, int feature, double cut, ReadOnlySpan<ulong> set, bool missingGoesLeft, double gain)
    {
        (features[node], cuts[node], lefts[node], missingLeft[node], gains[node]) = (feature, cut, features.Count, missingGoesLeft, gain);
        if (set.IsEmpty)
            return;
        sets[node] = categories.Count;
        categories.AddRange(set);
    }

    /// <summary>What came by a node came by one of its children.</summary>
    public DecisionTree Build()
    {
        for (int node = features.Count - 1; node >= 0; node--)
            if (features[node] >= 0)
                covers[node] = covers[lefts[node]] + covers[lefts[node] + 1];
        return new([.. features], [.. cuts], [.. lefts], [.. missingLeft], [.. sets], [.. categories], [.. values], [.. covers], [.. gains]);
    }
}
