namespace Clientele.Learning;

public sealed record IsolationForestOptions
{
    public int Trees { get; init; } = 100;
    /// <summary>Rows that a tree is grown on, drawn without replacement; all of them when there are fewer.</summary>
    public int SampleSize { get; init; } = 256;
    /// <summary>Same seed, same rows: same forest, on any number of threads.</summary>
    public ulong Seed { get; init; } = 42;
    /// <summary>At most this many threads; 0: all cores.</summary>
    public int Threads { get; init; }
}

/// <summary>Finds unusual rows: those that a few random cuts set apart. Source: Liu, Ting &amp; Zhou (2008), ICDM, algorithms 1–3.</summary>
public static class IsolationForest
{
    /// <param name="rows">n × d, finite, n ≥ 2.</param>
    public static IsolationForestModel Fit(Matrix rows, IsolationForestOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new();
        NotFiniteException.Refuse(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Rows, 2, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Columns, 1, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Trees, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.SampleSize, 2, nameof(options));
        int size = Math.Min(options.SampleSize, rows.Rows);
        var trees = new IsolationTree[options.Trees];
        Workers.Run(trees.Length, options.Threads, t =>
        {
            var random = new RandomStream(options.Seed, t);
            trees[t] = new TreeGrower(rows, random, (int)Math.Ceiling(Math.Log2(size))).Grow(random.Sample(rows.Rows, size));
        }, cancel);
        return new(rows.Columns, size, trees);
    }

    /// <summary>c(n): mean path length of an unsuccessful search among n, 2·H(n−1) − 2(n−1)/n with H(m) ≈ ln m + γ; 1 for two, 0 for one.</summary>
    public static double AveragePath(int n) => n switch
    {
        <= 1 => 0,
        2 => 1,
        _ => 2 * (Math.Log(n - 1) + 0.5772156649015329) - 2.0 * (n - 1) / n,
    };
}

/// <param name="Columns">As many as it was fitted on.</param>
/// <param name="SampleSize">Rows each tree was grown on.</param>
public sealed record IsolationForestModel(int Columns, int SampleSize, IReadOnlyList<IsolationTree> Trees)
{
    /// <summary>2^(−mean path / c(sample size)) for every row: 0 … 1, higher = more unusual, about .5 for the usual.</summary>
    public double[] Score(Matrix rows, int threads = 0)
    {
        NotFiniteException.Refuse(rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Columns, Columns, nameof(rows));
        const int block = 512;
        var scores = new double[rows.Rows];
        double usual = IsolationForest.AveragePath(SampleSize);
        IsolationTree[] trees = [.. Trees];
        Workers.Run((rows.Rows + block - 1) / block, threads, task =>
        {
            int first = task * block, end = Math.Min(rows.Rows, first + block);
            foreach (var tree in trees)
                for (int i = first; i < end; i++)
                    scores[i] += tree.Path(rows.Row(i));
            for (int i = first; i < end; i++)
                scores[i] = Math.Pow(2, -scores[i] / trees.Length / usual);
        });
        return scores;
    }
}
