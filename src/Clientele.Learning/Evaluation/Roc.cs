namespace Clientele.Learning;

/// <param name="Threshold">Rows scored this or higher are called 1.</param>
/// <param name="FalsePositives">Share of the rows labelled 0 that are called 1.</param>
/// <param name="TruePositives">Share of the rows labelled 1 that are called 1.</param>
public sealed record RocPoint(double Threshold, double FalsePositives, double TruePositives);

/// <summary>Receiver operating characteristic: can scores tell the 1s from the 0s? Source: Fawcett (2006), Pattern Recognition Letters 27(8).</summary>
public static class Roc
{
    /// <summary>The chance that a row labelled 1 scores above one labelled 0, a tie counting half (AUC). .5 is chance.</summary>
    /// <param name="labels">n, 0 or 1, both in use.</param>
    public static double Area(IReadOnlyList<int> labels, IReadOnlyList<double> scores)
    {
        var (positive, score) = Both(labels, scores);
        double[] ranks = Spearman.Ranks(score);
        double sum = 0, ones = 0;
        for (int i = 0; i < ranks.Length; i++)
            if (positive[i])
            {
                sum += ranks[i];
                ones++;
            }
        return (sum - ones * (ones + 1) / 2) / (ones * (ranks.Length - ones));
    }

    /// <summary>One point per distinct score, highest first; the point (0, 0) above all of them is not listed.</summary>
    /// <param name="labels">n, 0 or 1, both in use.</param>
    public static IReadOnlyList<RocPoint> Curve(IReadOnlyList<int> labels, IReadOnlyList<double> scores)
    {
        var (positive, score) = Both(labels, scores);
        double ones = positive.Count(label => label), zeros = positive.Length - ones;
        return [.. Thresholds.Of(positive, score).Select(at => new RocPoint(at.Score, at.FalsePositives / zeros, at.TruePositives / ones))];
    }

    private static (bool[] Positive, double[] Score) Both(IReadOnlyList<int> labels, IReadOnlyList<double> scores)
    {
        var (positive, score) = Pairs.Labelled(labels, scores);
        return positive.Contains(true) && positive.Contains(false)
            ? (positive, score)
            : throw new ArgumentException("Both labels, 0 and 1, must occur.", nameof(labels));
    }
}
