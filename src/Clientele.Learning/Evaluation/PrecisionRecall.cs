namespace Clientele.Learning;

/// <param name="Threshold">Rows scored this or higher are called 1.</param>
/// <param name="Recall">Share of the rows labelled 1 that are called 1.</param>
/// <param name="Precision">Share of the rows called 1 that are.</param>
public sealed record PrecisionRecallPoint(double Threshold, double Recall, double Precision);

/// <summary>Precision against recall: what a campaign to the best scores would find, and at what waste. Speaks where 1s are rare.</summary>
public static class PrecisionRecall
{
    /// <summary>Average precision: Σ (recall gained)·precision over distinct scores, highest first, without interpolation. Chance gives the share of 1s.</summary>
    /// <param name="labels">n, 0 or 1, at least one 1.</param>
    public static double Area(IReadOnlyList<int> labels, IReadOnlyList<double> scores)
    {
        double area = 0, before = 0;
        foreach (var point in Curve(labels, scores))
        {
            area += (point.Recall - before) * point.Precision;
            before = point.Recall;
        }
        return area;
    }

    /// <summary>One point per distinct score, highest first.</summary>
    /// <param name="labels">n, 0 or 1, at least one 1.</param>
    public static IReadOnlyList<PrecisionRecallPoint> Curve(IReadOnlyList<int> labels, IReadOnlyList<double> scores)
    {
        var (positive, score) = Pairs.Labelled(labels, scores);
        double ones = positive.Count(label => label);
        if (ones == 0)
            throw new ArgumentException("No row is labelled 1.", nameof(labels));
        return [.. Thresholds.Of(positive, score).Select(at =>
            new PrecisionRecallPoint(at.Score, at.TruePositives / ones, at.TruePositives / (double)(at.TruePositives + at.FalsePositives)))];
    }
}
