namespace Clientele.Learning;

/// <summary>Many deep trees, each on rows drawn with replacement; their mean. Source: Breiman (2001), Machine Learning 45.</summary>
public static class RandomForest
{
    /// <param name="rows">n × d; NaN is a missing value, whose direction is learned; no ∞.</param>
    /// <param name="target">n: amounts, or classes 0 … K−1.</param>
    /// <param name="weights">n, finite, ≥ 0; null: all 1.</param>
    /// <param name="progress">Told the number of finished trees.</param>
    /// <exception cref="NotFiniteException">A value is infinite; the message names row and column.</exception>
    /// <exception cref="ArgumentException">A target or weight that can't be (the message names the row), or an option is out of its range.</exception>
    public static RandomForestModel Fit(
        Matrix rows, IReadOnlyList<double> target, RandomForestOptions? options = null, IReadOnlyList<double>? weights = null,
        IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new();
        options.Check(rows.Columns);
        double[] values = Targets.Check(rows, target, options.Classes == 0 ? BoostingLoss.Squared : BoostingLoss.Softmax(options.Classes));
        double[] given = Targets.CheckWeights(rows, weights);
        var table = new BinnedTable(rows, options.Categorical, options.Bins, options.Threads, cancel);
        var shared = new ForestTarget(values, given, options.Classes);
        var trees = new DecisionTree[options.Trees];
        int finished = 0;
        Workers.Run(trees.Length, options.Threads, t =>
        {
            trees[t] = new ForestTreeGrower(table, shared, options, new RandomStream(options.Seed, t), cancel).Grow();
            progress?.Report(Interlocked.Increment(ref finished));
        }, cancel);
        return new(options.Classes, [.. table.Features.Select(bins => bins.Categories)], trees);
    }
}
