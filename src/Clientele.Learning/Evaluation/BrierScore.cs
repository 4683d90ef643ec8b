namespace Clientele.Learning;

/// <summary>Mean squared gap between a probability and what happened (1 or 0). 0 is perfect; saying .5 of everything costs .25. Source: Brier (1950), Monthly Weather Review 78(1).</summary>
public static class BrierScore
{
    /// <param name="labels">n, 0 or 1.</param>
    /// <param name="probabilities">n, of label 1, 0 … 1.</param>
    public static double Score(IReadOnlyList<int> labels, IReadOnlyList<double> probabilities)
    {
        var (positive, p) = Pairs.Labelled(labels, probabilities);
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
            sum += positive[i] ? (1 - p[i]) * (1 - p[i]) : p[i] * p[i];
        return sum / p.Length;
    }
}
