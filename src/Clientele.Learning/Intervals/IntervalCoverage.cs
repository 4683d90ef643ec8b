namespace Clientele.Learning;

/// <param name="Rows">n ≥ 1.</param>
/// <param name="Held">Share of actual values inside.</param>
/// <param name="Below">Share under the lower end.</param>
/// <param name="Above">Share over the upper end.</param>
/// <param name="MeanWidth">Null if an interval is infinite.</param>
public sealed record CoverageShare(int Rows, double Held, double Below, double Above, double? MeanWidth);

/// <param name="Group">As given.</param>
public sealed record GroupCoverage(int Group, CoverageShare Coverage);

/// <summary>Did intervals hold what they promised, in all and in every group? 80 % on average can hide 99 % here and 60 % there.</summary>
/// <param name="Groups">Ascending; empty if no groups were given.</param>
public sealed record IntervalCoverage(CoverageShare All, IReadOnlyList<GroupCoverage> Groups)
{
    /// <param name="actual">n ≥ 1, finite.</param>
    /// <param name="groups">n, such as deciles or origins.</param>
    public static IntervalCoverage Of(IReadOnlyList<double> actual, IReadOnlyList<PredictionInterval> intervals, IReadOnlyList<int>? groups = null)
    {
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(intervals);
        if (actual.Count == 0 || actual.Count != intervals.Count || (groups is not null && groups.Count != actual.Count))
            throw new ArgumentException($"{actual.Count} actual values, {intervals.Count} intervals: there must be equally many (and groups), at least one.", nameof(intervals));
        double[] y = Pairs.Finite(actual, 0);
        int[] all = [.. Enumerable.Range(0, y.Length)];
        return new(Share(all), groups is null ? [] : [.. all.GroupBy(i => groups[i]).OrderBy(g => g.Key).Select(g => new GroupCoverage(g.Key, Share([.. g])))]);

        CoverageShare Share(int[] rows)
        {
            double below = rows.Count(i => y[i] < intervals[i].Lower) / (double)rows.Length, above = rows.Count(i => y[i] > intervals[i].Upper) / (double)rows.Length;
            double width = rows.Average(i => intervals[i].Width);
            return new(rows.Length, rows.Count(i => intervals[i].Holds(y[i])) / (double)rows.Length, below, above, double.IsFinite(width) ? width : null);
        }
    }
}
