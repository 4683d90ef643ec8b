namespace Clientele.Learning;

/// <summary>
/// One tree, prepared for contributions. On a path to a leaf of value v let z_j be the share of training rows that keep to the path at the questions
/// about column j, and o_j 1 when the row itself keeps to it, else 0. Column j gets v·(o_j − z_j)·∫₀¹ ∏_{k≠j} (t·o_k + (1−t)·z_k) dt from this leaf: the
/// Shapley value of a product, by Owen (1972), Management Science 18(5). The integrand is a polynomial, so a few Gauss points give it exactly, and all
/// its factors are positive, so nothing cancels.
/// </summary>
internal sealed class ContributionTree
{
    /// <summary>A way from a node to one of its children.</summary>
    /// <param name="Earlier">Depth of the last way above that the same column decided; 0: none.</param>
    /// <param name="Keep">z of this way alone.</param>
    /// <param name="Constants">Where its constants begin, four per Gauss point.</param>
    public readonly record struct Way(int Feature, int Earlier, double Keep, int Constants);

    private readonly GaussRule gauss;
    private readonly List<double> constants = [];
    private readonly Way[] ways;
    private readonly int output;

    /// <param name="output">Whose values it explains.</param>
    public ContributionTree(DecisionTree tree, int output)
    {
        (Tree, this.output, ways) = (tree, output, new Way[tree.Nodes]);
        var path = new List<(int Feature, double Keep)>();
        Measure(0, path);
        gauss = GaussRule.Of(Points = Math.Max(1, (columns + 1) / 2));
        Mean = Prepare(0, [(-1, 1)], 1);
        Constants = [.. constants];
    }

    private int columns;

    public DecisionTree Tree { get; }
    /// <summary>Most questions in a row.</summary>
    public int Depth { get; private set; }
    /// <summary>Gauss points: half as many as a path has different columns.</summary>
    public int Points { get; }
    /// <summary>The mean value over the training rows.</summary>
    public double Mean { get; }
    /// <summary>Per way and point: factor when row and earlier ways keep to the path, factor when this way leaves it; then what either gives to the column.</summary>
    public double[] Constants { get; }

    public Way To(int node) => ways[node];

    public double Value(int node) => Tree.Values[node * Tree.Outputs + output];

    private void Measure(int node, List<(int Feature, double Keep)> path)
    {
        Depth = Math.Max(Depth, path.Count);
        columns = Math.Max(columns, path.Select(way => way.Feature).Distinct().Count());
        if (Tree.Features[node] < 0)
            return;
        path.Add((Tree.Features[node], 0));
        Measure(Tree.Lefts[node], path);
        Measure(Tree.Lefts[node] + 1, path);
        path.RemoveAt(path.Count - 1);
    }

    // path[d]: the column that the way into depth d asked, and its z with all earlier ways of that column.
    private double Prepare(int node, List<(int Feature, double Keep)> path, double share)
    {
        int feature = Tree.Features[node];
        if (feature < 0)
            return share * Value(node);
        double mean = 0;
        for (int child = Tree.Lefts[node]; child <= Tree.Lefts[node] + 1; child++)
        {
            double keep = Tree.Covers[node] > 0 ? Tree.Covers[child] / Tree.Covers[node] : .5;
            int earlier = Math.Max(0, path.FindLastIndex(way => way.Feature == feature));
            double before = earlier > 0 ? path[earlier].Keep : 1, now = before * keep;
            ways[child] = new(feature, earlier, keep, constants.Count);
            for (int q = 0; q < Points; q++)
            {
                double t = gauss.Places[q], w = gauss.Weights[q], known = t + (1 - t) * now, unknown = (1 - t) * now, was = earlier > 0 ? t + (1 - t) * before : 1;
                double given = earlier > 0 ? w * (1 - before) / was : 0;
                constants.AddRange([known / was, unknown / was, w * (1 - now) / known - given, -w / (1 - t) - given]);
            }
            path.Add((feature, now));
            mean += Prepare(child, path, share * keep);
            path.RemoveAt(path.Count - 1);
        }
        return mean;
    }
}
