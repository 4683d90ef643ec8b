using Clientele.Problems;
using Clientele.Schedules;
using FsCheck.Fluent;

namespace Clientele.Tests.Schedules;

public sealed class CronTests
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    [Fact]
    public void A_time_that_the_clock_jumps_over_is_due_when_it_has_jumped() =>
        Assert.Equal(["2026-03-28 01:30", "2026-03-29 01:00", "2026-03-30 00:30"], After("30 2 * * *", "2026-03-27 12:00", 3));

    [Fact]
    public void A_time_that_comes_twice_is_due_the_first_time() =>
        Assert.Equal(["2026-10-24 00:30", "2026-10-25 00:30", "2026-10-26 01:30"], After("30 2 * * *", "2026-10-23 12:00", 3));

    [Fact]
    public void Every_hour_follows_real_time_through_both_changes()
    {
        Assert.Equal(["2026-03-29 00:40", "2026-03-29 01:00", "2026-03-29 01:20"], After("*/20 * * * *", "2026-03-29 00:20", 3));
        Assert.Equal(["2026-10-25 00:00", "2026-10-25 00:30", "2026-10-25 01:00", "2026-10-25 01:30", "2026-10-25 02:00"], After("*/30 * * * *", "2026-10-24 23:59", 5));
    }

    [Fact]
    public void A_leap_day_is_due_in_leap_years_and_a_day_that_never_comes_never()
    {
        Assert.Equal(["2028-02-29 00:00", "2032-02-29 00:00"], After("0 0 29 2 *", "2026-01-01 00:00", 2, TimeZoneInfo.Utc));
        Assert.Null(Cron.Parse("0 0 31 2 *").Next(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc));
    }

    [Fact]
    public void Of_two_days_that_are_restricted_either_will_do() =>
        Assert.Equal(["2026-03-06 00:00", "2026-03-13 00:00", "2026-03-15 00:00"], After("0 0 15 * 5", "2026-03-01 00:00", 3, TimeZoneInfo.Utc));

    /// <summary>Against a plain walk over all minutes, in UTC.</summary>
    [Fact]
    public void The_next_instant_is_the_first_minute_that_fits()
    {
        var cases = from minute in Gen.Elements("*", "0", "*/7", "5-20/5", "59", "3,4")
                    from hour in Gen.Elements("*", "0", "*/5", "22-23", "12")
                    from day in Gen.Elements("*", "1", "28-31", "*/2")
                    from weekday in Gen.Elements("*", "0", "7", "1-5")
                    from start in Gen.Choose(0, 1_000_000)
                    select (Text: $"{minute} {hour} {day} * {weekday}", Start: DateTimeOffset.UnixEpoch.AddYears(54).AddMinutes(start));
        Prop.ForAll(cases.ToArbitrary(), each =>
        {
            var next = Cron.Parse(each.Text).Next(each.Start, TimeZoneInfo.Utc)!.Value;
            string[] fields = each.Text.Split(' ');
            for (var at = each.Start.AddMinutes(1); at < next; at = at.AddMinutes(1))
                if (Fits(fields, at))
                    return false;
            return next > each.Start && Fits(fields, next);
        }).Holds(cases: 300);
    }

    [Theory, InlineData("* * * *"), InlineData("60 * * * *"), InlineData("5-1 * * * *"), InlineData("*/0 * * * *"), InlineData("a * * * *"), InlineData("* * 0 * *"), InlineData("* * * 13 *"), InlineData("")]
    public void What_is_no_schedule_is_refused(string text) =>
        Assert.Equal("schedule/cron", Assert.Throws<ProblemException>(() => Cron.Parse(text)).Problem.Kind);

    private static IEnumerable<string> After(string cron, string utc, int count, TimeZoneInfo? zone = null)
    {
        var at = new DateTimeOffset(DateTime.ParseExact(utc, "yyyy-MM-dd HH:mm", null), TimeSpan.Zero);
        for (int i = 0; i < count; i++)
            yield return (at = Cron.Parse(cron).Next(at, zone ?? Paris)!.Value).UtcDateTime.ToString("yyyy-MM-dd HH:mm", null);
    }

    private static bool Fits(string[] fields, DateTimeOffset at)
    {
        bool day = In(fields[2], at.Day, 1), weekday = In(fields[4], (int)at.DayOfWeek, 0) || (at.DayOfWeek == DayOfWeek.Sunday && In(fields[4], 7, 0));
        return In(fields[0], at.Minute, 0) && In(fields[1], at.Hour, 0) && (fields[2][0] == '*' || fields[4][0] == '*' ? day && weekday : day || weekday);
    }

    private static bool In(string field, int value, int least) => field.Split(',').Any(part =>
    {
        var step = part.Split('/');
        int by = step.Length > 1 ? int.Parse(step[1], null) : 1;
        if (step[0] == "*")
            return (value - least) % by == 0;
        var range = step[0].Split('-');
        int from = int.Parse(range[0], null), until = int.Parse(range[^1], null);
        return value >= from && value <= until && (value - from) % by == 0;
    });
}
