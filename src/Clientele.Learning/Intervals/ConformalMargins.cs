namespace Clientele.Learning;

/// <param name="Rows">Calibration rows of the group.</param>
/// <param name="Margin">Its own margin, null if infinite; the pooled one where <paramref name="Own"/> is false.</param>
/// <param name="Own">False: fewer rows than asked for, so the pooled margin stands in.</param>
public sealed record GroupMargin(int Group, int Rows, double? Margin, bool Own);

/// <summary>What calibration found: how far intervals must reach. Plain data; a group not met in calibration gets the pooled margin.</summary>
/// <param name="Pooled">Of all rows; null: too few rows for this coverage, the interval is infinite.</param>
/// <param name="Rows">Calibration rows n. Given them, the true coverage is a draw from Beta(k, n+1−k), k = ⌈(n+1)·coverage⌉.</param>
/// <param name="Scaled">True: margins are multiples of a row's scale.</param>
/// <param name="Groups">Ascending by group; empty if no groups were given.</param>
public sealed record ConformalMargins(double Coverage, double? Floor, double? Pooled, int Rows, bool Scaled, IReadOnlyList<GroupMargin> Groups)
{
    /// <param name="scores">n, how far outside (or inside, below 0) every calibration row was.</param>
    internal static ConformalMargins Of(double[] scores, IReadOnlyList<int>? groups, ConformalOptions options, bool scaled)
    {
        if (!(options.Coverage is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(options), options.Coverage, "The coverage must be between 0 and 1.");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.LeastGroupRows, 1, nameof(options));
        double? pooled = Margin(scores, options.Coverage);
        GroupMargin[] own = groups is null ? [] :
        [
            .. Enumerable.Range(0, scores.Length).GroupBy(i => groups[i], i => scores[i]).OrderBy(group => group.Key).Select(group => group.ToArray() is var rows && rows.Length >= options.LeastGroupRows
                ? new GroupMargin(group.Key, rows.Length, Margin(rows, options.Coverage), true)
                : new GroupMargin(group.Key, rows.Length, pooled, false)),
        ];
        return new(options.Coverage, options.Floor, pooled, scores.Length, scaled, own);
    }

    /// <summary>The k-th smallest score, k = ⌈(n+1)·coverage⌉; null, infinite, if k &gt; n. Never clamped.</summary>
    private static double? Margin(double[] scores, double coverage)
    {
        // (n+1)·coverage may lie a rounding above a whole number it equals.
        int k = (int)Math.Ceiling((scores.Length + 1) * coverage - 1e-9);
        if (k > scores.Length)
            return null;
        double[] sorted = [.. scores];
        Array.Sort(sorted);
        return sorted[k - 1];
    }

    /// <summary>Ends moved outwards by the margin of the row's group, times its scale.</summary>
    internal PredictionInterval[] Widen(double[] lower, double[] upper, double[]? scales, IReadOnlyList<int>? groups)
    {
        if (Scaled != scales is not null)
            throw new ArgumentException(Scaled ? "These margins are multiples of scales: give one per row." : "These margins were calibrated without scales.");
        if (groups is not null && groups.Count != lower.Length)
            throw new ArgumentException($"{groups.Count} groups were given for {lower.Length} rows.", nameof(groups));
        var margins = Groups.ToDictionary(group => group.Group, group => group.Margin);
        var intervals = new PredictionInterval[lower.Length];
        for (int i = 0; i < intervals.Length; i++)
        {
            double? margin = groups is not null && margins.TryGetValue(groups[i], out double? own) ? own : Pooled;
            double reach = margin is { } m ? m * (scales?[i] ?? 1) : double.PositiveInfinity, floor = Floor ?? double.NegativeInfinity;
            // A margin below 0 can bring the ends past each other: then the middle is all that is left.
            double low = lower[i] - reach, high = upper[i] + reach, middle = (lower[i] + upper[i]) / 2;
            if (low > high)
                (low, high) = (middle, middle);
            intervals[i] = new(Math.Max(low, floor), Math.Max(high, floor));
        }
        return intervals;
    }
}
