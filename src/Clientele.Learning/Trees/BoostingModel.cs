namespace Clientele.Learning;

/// <summary>A fitted booster: plain data, the same bits after a trip through JSON.</summary>
/// <param name="Start">Raw score before the first tree, per output.</param>
/// <param name="Categories">Per column the categories it knows, ascending; empty for a column of numbers.</param>
/// <param name="Trees">Round by round, within a round output by output. Their values are already shrunk by the learning rate.</param>
/// <param name="HeldOutLosses">Per round, with the rounds after the best; empty when nothing was held out.</param>
public sealed record BoostingModel(
    TreeLoss Loss, IReadOnlyList<double> Start, IReadOnlyList<IReadOnlyList<double>> Categories, IReadOnlyList<DecisionTree> Trees, IReadOnlyList<double> HeldOutLosses)
{
    /// <summary>Raw scores per row: 1, or one per class.</summary>
    public int Outputs => Start.Count;

    /// <summary>Raw scores, n × outputs: the mean or quantile itself, ln mean, logit, or one score per class.</summary>
    /// <param name="rows">n × the columns it was fitted on; NaN is missing. A category it never saw counts as missing.</param>
    public Matrix Raw(Matrix rows, int threads = 0, CancellationToken cancel = default) =>
        new TreeScorer(Trees, Outputs).Score(CategoryCodes.Encode(rows, Categories), [.. Start], threads, cancel);

    /// <summary>Per row the mean, the quantile, the probability of yes (logistic), or the likeliest class (softmax; of equals the lowest).</summary>
    public double[] Predict(Matrix rows, int threads = 0, CancellationToken cancel = default)
    {
        var raw = Raw(rows, threads, cancel);
        if (Outputs > 1)
            return [.. Enumerable.Range(0, raw.Rows).Select(i => (double)Likeliest.Of(raw.Row(i)))];
        return Loss.Kind switch
        {
            TreeLossKind.Logistic => Array.ConvertAll(raw.Values, Softmax.Logistic),
            TreeLossKind.Poisson or TreeLossKind.Gamma or TreeLossKind.Tweedie => Array.ConvertAll(raw.Values, Math.Exp),
            _ => raw.Values,
        };
    }

    /// <summary>n × classes, each row sums to 1. Of a logistic booster: no, yes.</summary>
    public Matrix Probabilities(Matrix rows, int threads = 0, CancellationToken cancel = default)
    {
        if (Loss.Kind is not (TreeLossKind.Logistic or TreeLossKind.Softmax))
            throw new InvalidOperationException($"A booster of {Loss.Kind} loss predicts amounts, not classes. Call Predict.");
        var raw = Raw(rows, threads, cancel);
        if (Loss.Kind == TreeLossKind.Softmax)
        {
            for (int i = 0; i < raw.Rows; i++)
                Softmax.Run(raw.Row(i));
            return raw;
        }
        var both = new Matrix(raw.Rows, 2);
        for (int i = 0; i < raw.Rows; i++)
            (both[i, 0], both[i, 1]) = (Softmax.Logistic(-raw.Values[i]), Softmax.Logistic(raw.Values[i]));
        return both;
    }

    /// <summary>What the splits of each column took off the training loss; the columns' shares sum to 1 (or all are 0). Favours columns of many values.</summary>
    public double[] GainImportance() => Importance.OfGains(Trees, Categories.Count);
}
