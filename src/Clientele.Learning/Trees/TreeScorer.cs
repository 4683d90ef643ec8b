namespace Clientele.Learning;

/// <summary>Adds up what trees say of rows. Trees are added in their order, so a row's bits don't depend on the rows beside it.</summary>
/// <param name="outputs">Tree t adds to output t mod outputs.</param>
internal sealed class TreeScorer(IReadOnlyList<DecisionTree> trees, int outputs)
{
    private const int Block = 1_024;

    /// <param name="rows">With codes for categories.</param>
    /// <param name="start">Per output.</param>
    /// <returns>n × outputs.</returns>
    public Matrix Score(Matrix rows, double[] start, int threads, CancellationToken cancel)
    {
        var scores = new Matrix(rows.Rows, outputs);
        LeafMasks[] masks = rows.Rows < LeafMasks.Rows ? [] : [.. trees.Select(tree => LeafMasks.Of(tree)!)];
        Workers.Run((rows.Rows + Block - 1) / Block, threads, task =>
        {
            int first = task * Block, end = Math.Min(rows.Rows, first + Block);
            for (int i = first; i < end; i++)
                start.CopyTo(scores.Row(i));
            var lanes = new LaneColumns(rows.Columns);
            if (masks.Length > 0)
                for (; first + LeafMasks.Rows <= end; first += LeafMasks.Rows)
                {
                    lanes.Load(rows, first);
                    for (int t = 0; t < trees.Count; t++)
                        if (masks[t] is not null)
                            masks[t].Add(lanes, scores.Values, first * outputs + t % outputs, outputs);
                        else
                            RunScalar(rows, scores, t, first, first + LeafMasks.Rows);
                }
            for (int t = 0; t < trees.Count; t++)
                RunScalar(rows, scores, t, first, end);
        }, cancel);
        return scores;
    }

    /// <summary>The twin that says what <see cref="LeafMasks.Add"/> means; and what takes its place for few rows and for large trees.</summary>
    internal void RunScalar(Matrix rows, Matrix scores, int t, int first, int end)
    {
        var tree = trees[t];
        for (int i = first; i < end; i++)
            scores.Values[i * outputs + t % outputs] += tree.Values[tree.Leaf(rows.Row(i))];
    }
}

/// <summary>Some rows, column by column: a value per lane.</summary>
internal sealed class LaneColumns(int columns)
{
    /// <summary>Columns × rows of <see cref="LeafMasks"/>.</summary>
    public double[] Values { get; } = new double[columns * LeafMasks.Rows];

    public void Load(Matrix rows, int first)
    {
        for (int i = 0; i < LeafMasks.Rows; i++)
        {
            var row = rows.Row(first + i);
            for (int j = 0; j < row.Length; j++)
                Values[j * LeafMasks.Rows + i] = row[j];
        }
    }
}
