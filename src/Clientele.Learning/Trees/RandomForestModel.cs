namespace Clientele.Learning;

/// <summary>A fitted forest: plain data, the same bits after a trip through JSON.</summary>
/// <param name="Classes">0: it predicts amounts.</param>
/// <param name="Categories">Per column the categories it knows, ascending; empty for a column of numbers.</param>
public sealed record RandomForestModel(int Classes, IReadOnlyList<IReadOnlyList<double>> Categories, IReadOnlyList<DecisionTree> Trees)
{
    /// <summary>Values per row: one, or one per class when there are more than two.</summary>
    public int Outputs => Classes > 2 ? Classes : 1;

    /// <summary>Per row the mean, the probability of class 1 (of two), or the likeliest class (of more; of equals the lowest).</summary>
    /// <param name="rows">n × the columns it was fitted on; NaN is missing. A category it never saw counts as missing.</param>
    public double[] Predict(Matrix rows, int threads = 0, CancellationToken cancel = default)
    {
        var means = Means(rows, threads, cancel);
        return Outputs == 1 ? means.Values : [.. Enumerable.Range(0, means.Rows).Select(i => (double)Likeliest.Of(means.Row(i)))];
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
