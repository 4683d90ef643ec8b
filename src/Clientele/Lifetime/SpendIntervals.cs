using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>
/// How far actual spend may lie from a mean forecast, learned from what the same kind of model said at earlier cut-offs. Spend below 0 counts as 0.
/// Ends are multiples of (forecast + <see cref="Offset"/>), one pair for each group of like forecasts, so that large customers are covered as well as small.
/// Source: split conformal prediction by groups, Vovk et al. (2005), §4.5; each end is a rank of the calibration rows, none is fitted.
/// </summary>
/// <param name="Coverage">Share of customers whose spend shall lie inside, ends included.</param>
/// <param name="Groups">By mean forecast.</param>
/// <param name="Offset">Money, &gt; 0: gives forecasts of 0 a width.</param>
/// <param name="Reaches">One per group.</param>
public sealed record SpendIntervals(double Coverage, PredictionGroups Groups, double Offset, IReadOnlyList<SpendReach> Reaches)
{
    /// <summary>Calibration rows that a group takes at least: then the true coverage strays by ± 3 points.</summary>
    private const int LeastRows = 200;
    private const int MostGroups = 20;

    /// <param name="actual">n ≥ 1, of windows that are over.</param>
    /// <param name="said">n mean forecasts, by models that had not seen those windows.</param>
    public static SpendIntervals Calibrate(IReadOnlyList<double> actual, IReadOnlyList<double> said, double coverage)
    {
        var groups = PredictionGroups.Fit(said, Math.Clamp(said.Count / LeastRows, 1, MostGroups));
        double offset = Math.Max(said.Average() / 100, 1e-9);
        int[] group = groups.Of(said);
        var reaches = Enumerable.Range(0, groups.Edges.Count + 1).Select(g => SpendReach.Of(
            [.. Enumerable.Range(0, said.Count).Where(i => group[i] == g).Select(i => Math.Max(0, actual[i]) / (said[i] + offset)).Order()], coverage));
        return new(coverage, groups, offset, [.. reaches]);
    }

    /// <summary>One interval per mean forecast.</summary>
    public PredictionInterval[] Around(IReadOnlyList<double> mean)
    {
        int[] group = Groups.Of(mean);
        return [.. mean.Select((said, i) => new PredictionInterval(Reaches[group[i]].Lower * (said + Offset), (Reaches[group[i]].Upper ?? double.PositiveInfinity) * (said + Offset)))];
    }
}

/// <param name="Rows">Calibration rows of the group.</param>
/// <param name="Lower">0 where more than the lower tail spent nothing: then all that is left out lies above.</param>
/// <param name="Upper">Null: too few rows for this coverage, the interval has no end.</param>
public sealed record SpendReach(int Rows, double Lower, double? Upper)
{
    /// <param name="ratios">Ascending.</param>
    internal static SpendReach Of(double[] ratios, double coverage)
    {
        double tail = (1 - coverage) / 2;
        // (n+1)·share may lie a rounding beside a whole number it equals.
        int below = (int)Math.Floor((ratios.Length + 1) * tail + 1e-9);
        double lower = below == 0 ? 0 : ratios[below - 1];
        int rank = (int)Math.Ceiling((ratios.Length + 1) * (lower == 0 ? coverage : 1 - tail) - 1e-9);
        return new(ratios.Length, lower, rank > ratios.Length ? null : ratios[rank - 1]);
    }
}
