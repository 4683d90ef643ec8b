namespace Clientele.Learning;

/// <summary>Mean of −ln(probability given to what happened). A probability below 1e-15 counts as 1e-15: one that was called impossible costs 34.5, not ∞.</summary>
public static class LogLoss
{
    private const double Least = 1e-15;

    /// <param name="labels">n, 0 … K−1.</param>
    /// <param name="probabilities">n × K, 0 … 1, rows summing to 1.</param>
    public static double Score(IReadOnlyList<int> labels, Matrix probabilities)
    {
        Columnwise.RequireRows(probabilities);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count != probabilities.Rows)
            throw new ArgumentException($"{labels.Count} labels were given for {probabilities.Rows} rows.", nameof(labels));
        double sum = 0;
        for (int i = 0; i < labels.Count; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(labels[i], nameof(labels));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(labels[i], probabilities.Columns, nameof(labels));
            sum -= Math.Log(Math.Max(probabilities[i, labels[i]], Least));
        }
        return sum / labels.Count;
    }

    /// <param name="labels">n, 0 or 1.</param>
    /// <param name="probabilities">n, of label 1, 0 … 1.</param>
    public static double Score(IReadOnlyList<int> labels, IReadOnlyList<double> probabilities)
    {
        var (positive, p) = Pairs.Labelled(labels, probabilities);
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
            sum -= Math.Log(Math.Max(positive[i] ? p[i] : 1 - p[i], Least));
        return sum / p.Length;
    }
}
