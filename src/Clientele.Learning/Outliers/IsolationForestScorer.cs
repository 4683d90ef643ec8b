namespace Clientele.Learning;

/// <summary>A forest made ready to be walked, for those who ask often and of few rows.</summary>
public sealed class IsolationForestScorer
{
    private readonly LevelForest forest;
    private readonly double usual;
    private readonly int columns;

    public IsolationForestScorer(IsolationForestModel forest)
    {
        ArgumentNullException.ThrowIfNull(forest);
        columns = forest.Columns;
        usual = IsolationForest.AveragePath(forest.SampleSize);
        this.forest = new(forest);
    }

    /// <inheritdoc cref="IsolationForestModel.Score"/>
    public double[] Score(Matrix rows, int threads = 0, CancellationToken cancel = default)
    {
        NotFiniteException.Refuse(rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Columns, columns, nameof(rows));
        const int block = 256;
        var scores = new double[rows.Rows];
        Workers.Run((rows.Rows + block - 1) / block, threads, task =>
        {
            int first = task * block, count = Math.Min(block, rows.Rows - first);
            var some = rows.Values.AsSpan(first * columns, count * columns);
            var paths = scores.AsSpan(first, count);
            if (count < LevelForest.Abreast)
                for (int i = 0; i < count; i++)
                    paths[i] = forest.PathsOf(some.Slice(i * columns, columns));
            else
                for (int tree = 0; tree < forest.Trees; tree++)
                    forest.AddPaths(tree, some, paths);
            foreach (ref double path in paths)
                path = Math.Pow(2, -path / forest.Trees / usual);
        }, cancel);
        return scores;
    }
}
