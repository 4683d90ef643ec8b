namespace Clientele.Learning;

/// <summary>The mean of deep trees' answers. Trees are added in their order, so a row's bits don't depend on the rows beside it.</summary>
internal sealed class ForestScorer(IReadOnlyList<DecisionTree> trees, int outputs)
{
    private const int Block = 512;

    /// <param name="rows">With codes for categories.</param>
    /// <returns>n × outputs.</returns>
    public Matrix Score(Matrix rows, int threads, CancellationToken cancel)
    {
        var means = new Matrix(rows.Rows, outputs);
        Workers.Run((rows.Rows + Block - 1) / Block, threads, task =>
        {
            int first = task * Block, end = Math.Min(rows.Rows, first + Block);
            foreach (var tree in trees)
                for (int i = first; i < end; i++)
                {
                    int leaf = tree.Leaf(rows.Row(i));
                    for (int k = 0; k < outputs; k++)
                        means[i, k] += tree.Values[leaf * outputs + k];
                }
            for (int at = first * outputs; at < end * outputs; at++)
                means.Values[at] /= trees.Count;
        }, cancel);
        return means;
    }
}
