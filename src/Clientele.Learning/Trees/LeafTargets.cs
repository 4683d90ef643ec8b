namespace Clientele.Learning;

/// <summary>The training targets behind every leaf of a forest: what its quantiles are read from.</summary>
/// <param name="Sorted">Targets of the training rows, ascending.</param>
/// <param name="Trees">Which of them ended where, tree by tree.</param>
public sealed record LeafTargets(double[] Sorted, IReadOnlyList<LeafMembers> Trees);

/// <summary>Which targets ended in the leaves of one tree.</summary>
/// <param name="Begins">Nodes + 1: the members of node i are number Begins[i] … Begins[i+1]−1; inner nodes have none.</param>
/// <param name="Places">Where each member's target stands among the sorted ones.</param>
/// <param name="Shares">Each member's part of its leaf's weight; a leaf's add up to 1.</param>
public sealed record LeafMembers(int[] Begins, int[] Places, double[] Shares)
{
    /// <param name="places">Per row: where its target stands among the sorted ones.</param>
    internal static LeafMembers Of(DecisionTree tree, ForestTreeGrower grown, int[] places)
    {
        var (begins, members, shares) = (new int[tree.Nodes + 1], new List<int>(), new List<double>());
        for (int node = 0; node < tree.Nodes; node++)
        {
            if (tree.Features[node] < 0)
                foreach (ref readonly var row in grown.Members(node))
                {
                    members.Add(places[row.Row]);
                    shares.Add(row.Weight / tree.Covers[node]);
                }
            begins[node + 1] = members.Count;
        }
        return new(begins, [.. members], [.. shares]);
    }
}
