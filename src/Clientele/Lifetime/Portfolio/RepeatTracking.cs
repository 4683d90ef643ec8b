using Clientele.Engines;
using Clientele.Learning;

namespace Clientele.Lifetime;

/// <param name="End">First day after the week.</param>
/// <param name="Actual">Repeat purchases from the first day of the data until then.</param>
/// <param name="Expected">What the law expected of the same customers.</param>
public sealed record TrackedWeek(DateOnly End, long Actual, double Expected);

/// <summary>
/// Cumulative repeat purchases of the customers known at a cut-off, actual and expected, week by week: up to the cut-off the law was fitted to them, after
/// it they are the test. Source: Fader, Hardie &amp; Lee (2005), Marketing Science 24(2), figures 3 and 4.
/// </summary>
/// <param name="Cutoff">Where the test begins.</param>
/// <param name="Weeks">Ascending; the last may be shorter.</param>
public sealed record RepeatTracking(DateOnly Cutoff, IReadOnlyList<TrackedWeek> Weeks)
{
    private static readonly Sql Query = new("Lifetime/Portfolio/tracking.sql");

    /// <summary>Expected ÷ actual purchases after the cut-off − 1; null where there were none.</summary>
    public double? HoldOutError
    {
        get
        {
            var known = Weeks.LastOrDefault(week => week.End <= Cutoff) ?? new(Cutoff, 0, 0);
            long actual = Weeks[^1].Actual - known.Actual;
            return actual == 0 ? null : (Weeks[^1].Expected - known.Expected) / actual - 1;
        }
    }

    /// <param name="work">The engine that holds <c>purchase_days</c>.</param>
    /// <param name="law">Fitted on what was known at the cut-off.</param>
    /// <param name="until">First day that is not looked at.</param>
    public static async Task<RepeatTracking> Of(EngineClient work, IPurchaseModel law, DateOnly cutoff, DateOnly until, CancellationToken cancel = default)
    {
        var days = new List<(DateOnly Day, long Firsts, long Repeats)>();
        await foreach (bool _ in work.Query(Query, row =>
        {
            days.Add((row.ReadDate(), row.ReadInt64(), row.ReadInt64()));
            return true;
        }, new SqlParameters().Add("cutoff", cutoff).Add("until", until), cancel))
        {
        }
        return Of(days, law, cutoff, until);
    }

    /// <param name="days">Ascending, at least one: customers who bought first and again on each.</param>
    /// <remarks>Weeks are counted from the cut-off, both ways, so that one ends on it.</remarks>
    internal static RepeatTracking Of(IReadOnlyList<(DateOnly Day, long Firsts, long Repeats)> days, IPurchaseModel law, DateOnly cutoff, DateOnly until)
    {
        int first = days[0].Day.DayNumber, length = until.DayNumber - first;
        double[] ofNewcomer = [.. Enumerable.Range(0, length + 1).Select(age => age == 0 ? 0 : law.ExpectedOfNewcomer(age))];
        var weeks = new List<TrackedWeek>();
        int start = (cutoff.DayNumber - first) % 7;
        for (int end = start == 0 ? 7 : start; ; end = Math.Min(end + 7, length))
        {
            var before = days.TakeWhile(day => day.Day.DayNumber < first + end);
            weeks.Add(new(DateOnly.FromDayNumber(first + end), before.Sum(day => day.Repeats),
                before.Sum(day => day.Firsts * ofNewcomer[first + end - 1 - day.Day.DayNumber])));
            if (end == length)
                return new(cutoff, weeks);
        }
    }
}
