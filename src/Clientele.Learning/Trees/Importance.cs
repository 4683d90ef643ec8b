namespace Clientele.Learning;

/// <summary>How much each column matters to trees.</summary>
internal static class Importance
{
    /// <summary>Shares of all gains.</summary>
    public static double[] OfGains(IReadOnlyList<DecisionTree> trees, int columns)
    {
        var gains = new double[columns];
        double total = 0;
        foreach (var tree in trees)
            for (int node = 0; node < tree.Nodes; node++)
                if (tree.Features[node] >= 0)
                {
                    gains[tree.Features[node]] += tree.Gains[node];
                    total += tree.Gains[node];
                }
        return total > 0 ? Array.ConvertAll(gains, gain => gain / total) : gains;
    }
}
