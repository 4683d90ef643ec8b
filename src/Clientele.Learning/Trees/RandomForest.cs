namespace Clientele.Learning;

/// <summary>Many deep trees, each on rows drawn with replacement; their mean. Source: Breiman (2001), Machine Learning 45.</summary>
public static class RandomForest
{
    /// <param name="rows">n × d; NaN is a missing value, whose direction is learned; no ∞.</param>
    /// <param name="target">n: amounts that the loss can take, or classes 0 … K−1.</param>
    /// <param name="weights">n: 0, or 1e-30 … 1e30; null: all 1.</param>
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
        double[] values = Targets.Check(rows, target, options.Classes == 0 ? options.Loss : TreeLoss.Softmax(options.Classes));
        double[] given = Targets.CheckWeights(rows, weights);
        var table = new BinnedTable(rows, options.Categorical, options.Bins, options.Threads, cancel);
        var shared = new ForestTarget(values, given, options);
        bool quantiles = options.Loss.Kind == TreeLossKind.Quantile;
        var (sorted, places) = quantiles ? Ranked(values) : ([], []);
        var (trees, members) = (new DecisionTree[options.Trees], new LeafMembers[options.Trees]);
        int finished = 0;
        Workers.Run(trees.Length, options.Threads, t =>
        {
            var grower = new ForestTreeGrower(table, shared, options, new RandomStream(options.Seed, t), cancel);
            trees[t] = grower.Grow();
            if (quantiles)
                members[t] = LeafMembers.Of(trees[t], grower, places);
            progress?.Report(Interlocked.Increment(ref finished));
        }, cancel);
        return new(options.Classes, [.. table.Features.Select(bins => bins.Categories)], trees)
        {
            Loss = options.Loss,
            Targets = quantiles ? new(sorted, members) : null,
        };
    }

    // The values ascending, and where each of them stands there.
    private static (double[] Sorted, int[] Places) Ranked(double[] values)
    {
        double[] sorted = [.. values];
        int[] order = [.. Enumerable.Range(0, values.Length)], places = new int[values.Length];
        Array.Sort(sorted, order);
        for (int i = 0; i < order.Length; i++)
            places[order[i]] = i;
        return (sorted, places);
    }
}
