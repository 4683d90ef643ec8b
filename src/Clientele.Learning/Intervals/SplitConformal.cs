namespace Clientele.Learning;

/// <summary>
/// Intervals around any point prediction that hold the stated share, whatever the model, if new customers are exchangeable with those of the calibration:
/// coverage ≤ true share &lt; coverage + 1/(n+1). Source: Papadopoulos et al. (2002), ECML; Lei et al. (2018), JASA 113(523); by group: Vovk et al. (2005), §4.5.
/// </summary>
/// <remarks>Time breaks exchangeability: calibrate on the latest origin whose target is complete, and never on rows the model learned from.</remarks>
public static class SplitConformal
{
    /// <param name="actual">n, finite, of rows the model has not seen.</param>
    /// <param name="predicted">n, finite.</param>
    /// <param name="scales">n, &gt; 0: how uncertain every prediction is, in any unit. Intervals are then as wide as their scale says. Null: all equally wide.</param>
    /// <param name="groups">n: intervals hold the share inside every group that has rows enough (Mondrian). Null: over all rows.</param>
    public static ConformalMargins Calibrate(
        IReadOnlyList<double> actual, IReadOnlyList<double> predicted, ConformalOptions? options = null, IReadOnlyList<double>? scales = null,
        IReadOnlyList<int>? groups = null)
    {
        var (y, p) = Pairs.Of(actual, predicted);
        double[]? scale = Positive(scales, y.Length);
        if (groups is not null && groups.Count != y.Length)
            throw new ArgumentException($"{groups.Count} groups were given for {y.Length} rows.", nameof(groups));
        double[] scores = [.. y.Select((value, i) => Math.Abs(value - p[i]) / (scale?[i] ?? 1))];
        return ConformalMargins.Of(scores, groups, options ?? new(), scale is not null);
    }

    /// <summary>One interval per prediction.</summary>
    public static PredictionInterval[] Around(
        this ConformalMargins margins, IReadOnlyList<double> predicted, IReadOnlyList<double>? scales = null, IReadOnlyList<int>? groups = null)
    {
        ArgumentNullException.ThrowIfNull(margins);
        ArgumentNullException.ThrowIfNull(predicted);
        double[] p = Pairs.Finite(predicted, 0);
        return margins.Widen(p, p, Positive(scales, p.Length), groups);
    }

    private static double[]? Positive(IReadOnlyList<double>? scales, int rows)
    {
        if (scales is null)
            return null;
        if (scales.Count != rows)
            throw new ArgumentException($"{scales.Count} scales were given for {rows} rows.", nameof(scales));
        double[] copy = Pairs.Finite(scales, 2);
        int flat = Array.FindIndex(copy, scale => scale <= 0);
        return flat < 0 ? copy : throw new ArgumentException($"The scale of row {flat} is {copy[flat]}; it must be above 0.", nameof(scales));
    }
}
