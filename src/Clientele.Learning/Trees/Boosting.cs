namespace Clientele.Learning;

/// <summary>
/// Gradient boosting on histograms: trees, one after another, each on what is left to explain.
/// Sources: Friedman (2001), Ann. Statist. 29(5); Chen &amp; Guestrin (2016), KDD, §2; Ke et al. (2017), NeurIPS (leaf-wise growth).
/// </summary>
public static class Boosting
{
    /// <param name="rows">n × d; NaN is a missing value, whose direction is learned; no ∞.</param>
    /// <param name="target">n: amounts, 0 and 1 (logistic) or classes 0 … K−1 (softmax).</param>
    /// <param name="weights">n: 0, or 1e-30 … 1e30; null: all 1.</param>
    /// <exception cref="NotFiniteException">A value is infinite; the message names row and column.</exception>
    /// <exception cref="ArgumentException">A target or weight that the loss can't take (the message names the row), or an option is out of its range.</exception>
    public static BoostingModel Fit(
        Matrix rows, IReadOnlyList<double> target, BoostingOptions? options = null, IReadOnlyList<double>? weights = null,
        IProgress<BoostingProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new();
        options.Check(rows.Columns);
        var objective = Objective.For(options.Loss, Targets.Check(rows, target, options.Loss), Targets.CheckWeights(rows, weights));
        var table = new BinnedTable(rows, options.Categorical, options.Bins, options.Threads, cancel);
        double[][] categories = [.. table.Features.Select(bins => bins.Categories)];
        return new BoostingRounds(table, CategoryCodes.Encode(rows, categories), objective, options).Run(categories, progress, cancel);
    }
}
