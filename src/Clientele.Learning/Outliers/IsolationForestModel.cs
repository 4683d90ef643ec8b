namespace Clientele.Learning;

/// <param name="Columns">As many as it was fitted on.</param>
/// <param name="SampleSize">Rows each tree was grown on.</param>
public sealed record IsolationForestModel(int Columns, int SampleSize, IReadOnlyList<IsolationTree> Trees)
{
    /// <summary>2^(−mean path / c(sample size)) for every row: 0 … 1, higher = more unusual, about .5 for the usual.</summary>
    /// <param name="rows">n × the columns it was fitted on, finite.</param>
    /// <param name="threads">At most this many; 0: all cores. The same bits on any number.</param>
    /// <exception cref="NotFiniteException">A value is NaN or infinite.</exception>
    public double[] Score(Matrix rows, int threads = 0, CancellationToken cancel = default)
    {
        NotFiniteException.Refuse(rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Columns, Columns, nameof(rows));
        const int block = 256;
        var scores = new double[rows.Rows];
        double usual = IsolationForest.AveragePath(SampleSize);
        LevelTree[] trees = [.. Trees.Select(tree => new LevelTree(tree, Columns))];
        Workers.Run((rows.Rows + block - 1) / block, threads, task =>
        {
            int first = task * block, count = Math.Min(block, rows.Rows - first);
            var some = rows.Values.AsSpan(first * Columns, count * Columns);
            var paths = scores.AsSpan(first, count);
            foreach (var tree in trees)
                tree.AddPaths(some, paths);
            foreach (ref double path in paths)
                path = Math.Pow(2, -path / trees.Length / usual);
        }, cancel);
        return scores;
    }
}
