using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>
/// How far actual spend may lie from a mean forecast, learned from what the same kind of model said at earlier cut-offs. Spend below 0 counts as 0.
/// Ends are multiples of (forecast + <see cref="Offset"/>), one pair for each group of like forecasts, so that large customers are covered as well as small.
/// Sources: split conformal prediction by groups, Vovk et al. (2005), §4.5; with less weight for older rows, Barber, Candès, Ramdas &amp; Tibshirani (2023),
/// Annals of Statistics 51(2), §4. Each end is a weighted rank of the calibration rows, none is fitted.
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
    /// <param name="weights">n, above 0 … 1; 1 for rows as new as there are.</param>
    public static SpendIntervals Calibrate(IReadOnlyList<double> actual, IReadOnlyList<double> said, IReadOnlyList<double> weights, double coverage)
    {
        var groups = PredictionGroups.Fit(said, Math.Clamp(said.Count / LeastRows, 1, MostGroups));
        double offset = Math.Max(said.Average() / 100, 1e-9);
        int[] group = groups.Of(said);
        var rows = Enumerable.Range(0, said.Count).ToLookup(i => group[i], i => (Ratio: Math.Max(0, actual[i]) / (said[i] + offset), Weight: weights[i]));
        return new(coverage, groups, offset, [.. Enumerable.Range(0, groups.Edges.Count + 1).Select(g => SpendReach.Of([.. rows[g].OrderBy(row => row.Ratio)], coverage))]);
    }

    /// <summary>One interval per mean forecast.</summary>
    public PredictionInterval[] Around(IReadOnlyList<double> mean)
    {
        int[] group = Groups.Of(mean);
        return [.. mean.Select((said, i) => new PredictionInterval(Reaches[group[i]].Lower * (said + Offset), (Reaches[group[i]].Upper ?? double.PositiveInfinity) * (said + Offset)))];
    }

    /// <summary>Share of calibration rows inside, for each mean forecast: at least <see cref="Coverage"/>, and more where more than that spent nothing, for 0 cannot be cut in two.</summary>
    public double[] Implied(IReadOnlyList<double> mean) => [.. Groups.Of(mean).Select(group => Reaches[group].Held)];
}

/// <param name="Rows">Calibration rows of the group.</param>
/// <param name="Lower">0 where more than the lower tail spent nothing: then all that is left out lies above.</param>
/// <param name="Upper">Null: too few rows for this coverage, the interval has no end.</param>
/// <param name="Held">Weighted share of the rows inside.</param>
public sealed record SpendReach(int Rows, double Lower, double? Upper, double Held)
{
    /// <param name="rows">Ascending by ratio.</param>
    internal static SpendReach Of((double Ratio, double Weight)[] rows, double coverage)
    {
        // Where forecasts tie, a group may be left with nobody.
        if (rows.Length == 0)
            return new(0, 0, null, 1);
        // The row to come counts as one of the newest; shares may lie a rounding beside a sum they equal.
        double tail = (1 - coverage) / 2, own = rows.Sum(row => row.Weight), all = own + 1;
        double lower = 0, below = 0;
        foreach (var (ratio, weight) in rows)
        {
            if ((below += weight) > all * tail + 1e-9)
                break;
            lower = ratio;
        }
        double wanted = all * (lower == 0 ? coverage : 1 - tail) - 1e-9, reached = 0;
        double? upper = null;
        foreach (var (ratio, weight) in rows)
            if ((reached += weight) >= wanted)
            {
                upper = ratio;
                break;
            }
        return new(rows.Length, lower, upper, rows.Where(row => row.Ratio >= lower && !(row.Ratio > upper)).Sum(row => row.Weight) / own);
    }
}
