namespace Clientele.Learning;

public sealed record IsolationForestOptions
{
    /// <summary>≥ 1.</summary>
    public int Trees { get; init; } = 100;
    /// <summary>Rows that a tree is grown on, drawn without replacement, ≥ 2; all of them when there are fewer.</summary>
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
            trees[t] = new TreeGrower(rows.Take(Draw(rows.Rows, size, random)), random, (int)Math.Ceiling(Math.Log2(size))).Grow();
        }, cancel);
        return new(rows.Columns, size, trees);
    }

    // Distinct rows in ascending order, by as many draws as rows are wanted. Source: Floyd, in Bentley (1987), CACM 30(9), algorithm F2.
    private static int[] Draw(int count, int size, RandomStream random)
    {
        var drawn = new HashSet<int>(size);
        for (int last = count - size; last < count; last++)
        {
            int at = random.Below(last + 1);
            drawn.Add(drawn.Contains(at) ? last : at);
        }
        return [.. drawn.Order()];
    }

    /// <summary>The score above which a row is set aside when about this share of the rows is to be: their (1 − share) quantile. scikit-learn's <c>offset_</c> is the same with a minus sign.</summary>
    /// <param name="scores">Of the rows fitted on.</param>
    /// <param name="share">Contamination, 0 &lt; share ≤ .5.</param>
    public static double Threshold(IReadOnlyList<double> scores, double share)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentOutOfRangeException.ThrowIfLessThan(scores.Count, 1, nameof(scores));
        if (share is not (> 0 and <= .5))
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share of rows to set aside must be above 0, at most .5.");
        return Columnwise.Quantile([.. scores.Order()], 1 - share);
    }

    /// <summary>c(n): mean path length of an unsuccessful search among n, 2·H(n−1) − 2(n−1)/n with H(m) ≈ ln m + γ; 1 for two, 0 for one.</summary>
    public static double AveragePath(int n) => n switch
    {
        <= 1 => 0,
        2 => 1,
        _ => 2 * (Math.Log(n - 1) + 0.5772156649015329) - 2.0 * (n - 1) / n,
    };
}
