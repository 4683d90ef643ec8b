namespace Clientele.Learning;

/// <summary>A fitted forest: plain data, the same bits after a trip through JSON.</summary>
/// <param name="Classes">0: it predicts amounts.</param>
/// <param name="Categories">Per column the categories it knows, ascending; empty for a column of numbers.</param>
public sealed record RandomForestModel(int Classes, IReadOnlyList<IReadOnlyList<double>> Categories, IReadOnlyList<DecisionTree> Trees)
{
    /// <summary>What it was grown for. <c>model with { Loss = TreeLoss.Squared }</c> makes the mean's forest of a quantile's: the trees are the same.</summary>
    public TreeLoss Loss { get; init; } = TreeLoss.Squared;

    /// <summary>Of a forest of quantiles the targets behind its leaves; else null.</summary>
    public LeafTargets? Targets { get; init; }

    /// <summary>Values per row: one, or one per class when there are more than two.</summary>
    public int Outputs => Classes > 2 ? Classes : 1;

    /// <summary>Per row the mean, the quantile, the probability of class 1 (of two), or the likeliest class (of more; of equals the lowest).</summary>
    /// <param name="rows">n × the columns it was fitted on; NaN is missing. A category it never saw counts as missing.</param>
    public double[] Predict(Matrix rows, int threads = 0, CancellationToken cancel = default)
    {
        if (Loss.Kind == TreeLossKind.Quantile)
            return Quantiles(rows, [Loss.Parameter], threads, cancel).Values;
        var means = Means(rows, threads, cancel);
        return Outputs == 1 ? means.Values : [.. Enumerable.Range(0, means.Rows).Select(i => (double)Likeliest.Of(means.Row(i)))];
    }

    /// <summary>n × levels: per row the values that these shares of the targets like it stay below. One fit answers for all levels, and they never cross.</summary>
    /// <param name="levels">Each between 0 and 1, in any order.</param>
    /// <exception cref="InvalidOperationException">It was not fitted for a quantile.</exception>
    public Matrix Quantiles(Matrix rows, IReadOnlyList<double> levels, int threads = 0, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(levels);
        if (Targets is null)
            throw new InvalidOperationException("This forest keeps no targets to read quantiles from. Fit it with Loss = TreeLoss.Quantile(level), for any level.");
        foreach (double level in levels)
            TreeLoss.Quantile(level).Check();
        return new ForestQuantiles(Trees, Targets).Score(CategoryCodes.Encode(rows, Categories), levels, threads, cancel);
    }

    /// <summary>n × classes, each row sums to 1.</summary>
    public Matrix Probabilities(Matrix rows, int threads = 0, CancellationToken cancel = default)
    {
        if (Classes == 0)
            throw new InvalidOperationException("A forest of amounts has no probabilities. Call Predict, or fit with Classes set.");
        var means = Means(rows, threads, cancel);
        if (Outputs > 1)
            return means;
        var both = new Matrix(means.Rows, 2);
        for (int i = 0; i < means.Rows; i++)
            (both[i, 0], both[i, 1]) = (1 - means.Values[i], means.Values[i]);
        return both;
    }

    /// <summary>What the splits of each column took off the training loss; the columns' shares sum to 1 (or all are 0). Favours columns of many values.</summary>
    public double[] GainImportance() => Importance.OfGains(Trees, Categories.Count);

    private Matrix Means(Matrix rows, int threads, CancellationToken cancel) =>
        new ForestScorer(Trees, Outputs).Score(CategoryCodes.Encode(rows, Categories), threads, cancel);
}
