namespace Clientele.Learning;

/// <summary>
/// Two predicted quantiles moved apart (or together) until they hold the stated share: wide where the model is unsure, and honest.
/// Source: Romano, Patterson &amp; Candès (2019), Conformalized Quantile Regression, NeurIPS.
/// </summary>
/// <remarks>Quantiles that cross are put in order first.</remarks>
public static class ConformalQuantiles
{
    /// <param name="actual">n, finite, of rows the model has not seen.</param>
    /// <param name="lower">n lower quantiles, such as of α/2.</param>
    /// <param name="upper">n upper quantiles, such as of 1 − α/2.</param>
    /// <param name="groups">n: intervals hold the share inside every group that has rows enough (Mondrian). Null: over all rows.</param>
    /// <returns>A margin below 0 draws intervals that were too wide together.</returns>
    public static ConformalMargins Calibrate(
        IReadOnlyList<double> actual, IReadOnlyList<double> lower, IReadOnlyList<double> upper, ConformalOptions? options = null, IReadOnlyList<int>? groups = null)
    {
        var (y, low) = Pairs.Of(actual, lower);
        (low, double[] high) = Ordered(low, upper);
        if (groups is not null && groups.Count != y.Length)
            throw new ArgumentException($"{groups.Count} groups were given for {y.Length} rows.", nameof(groups));
        double[] scores = [.. y.Select((value, i) => Math.Max(low[i] - value, value - high[i]))];
        return ConformalMargins.Of(scores, groups, options ?? new(), scaled: false);
    }

    /// <summary>One interval per row.</summary>
    public static PredictionInterval[] Between(
        this ConformalMargins margins, IReadOnlyList<double> lower, IReadOnlyList<double> upper, IReadOnlyList<int>? groups = null)
    {
        ArgumentNullException.ThrowIfNull(margins);
        var (low, high) = Ordered(lower, upper);
        return margins.Widen(low, high, null, groups);
    }

    private static (double[] Lower, double[] Upper) Ordered(IReadOnlyList<double> lower, IReadOnlyList<double> upper)
    {
        var (low, high) = Pairs.Of(lower, upper);
        return ([.. low.Zip(high, Math.Min)], [.. low.Zip(high, Math.Max)]);
    }
}
