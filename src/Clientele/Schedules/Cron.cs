using System.Globalization;
using System.Numerics;
using Clientele.Problems;

namespace Clientele.Schedules;

/// <summary>
/// Five fields as in crontab(5): minute, hour, day of month, month, day of week (0 or 7 is Sunday); <c>*</c>, lists, ranges, steps. Where both days are restricted, either will do.
/// A time that a clock change leaves out is due when the clock has jumped; one that comes twice is due the first time. A schedule for every hour follows real time instead: both times.
/// </summary>
public sealed class Cron
{
    private const int MostYears = 30;      // 29 February on a given day of the week comes at least so often

    private readonly ulong minutes, hours, days, months, weekdays;
    private readonly bool everyHour, anyDay, anyWeekday;

    private Cron(string text, string[] fields)
    {
        Text = text;
        minutes = Set(fields[0], "minute", 0, 59);
        hours = Set(fields[1], "hour", 0, 23);
        days = Set(fields[2], "day of month", 1, 31);
        months = Set(fields[3], "month", 1, 12);
        ulong week = Set(fields[4], "day of week", 0, 7);
        weekdays = (week | (week >> 7)) & 0x7F;
        (everyHour, anyDay, anyWeekday) = (fields[1] == "*", fields[2][0] == '*', fields[4][0] == '*');
    }

    public string Text { get; }

    /// <exception cref="ProblemException"><c>schedule/cron</c>.</exception>
    public static Cron Parse(string text)
    {
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length == 5 ? new(text, fields) : throw Wrong($"'{text}' has {fields.Length} fields.");
    }

    /// <summary>The first due instant after another, in UTC; null: there is none in thirty years.</summary>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        // From a day before, because a clock that goes back gives later instants earlier local times.
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(after, zone).DateTime).AddDays(-1);
        for (var last = day.AddYears(MostYears); day <= last; day = day.AddDays(1))
            if (Has(day) && OnDay(day, zone).Where(due => due > after).Order().FirstOrDefault() is var due && due != default)
                return due;
        return null;
    }

    private bool Has(DateOnly day)
    {
        bool byDay = Has(days, day.Day), byWeekday = Has(weekdays, (int)day.DayOfWeek);
        return Has(months, day.Month) && (anyDay || anyWeekday ? byDay && byWeekday : byDay || byWeekday);
    }

    private IEnumerable<DateTimeOffset> OnDay(DateOnly day, TimeZoneInfo zone)
    {
        for (int minute = 0; minute < 24 * 60; minute++)
        {
            if (!Has(hours, minute / 60) || !Has(minutes, minute % 60))
                continue;
            var local = day.ToDateTime(TimeOnly.MinValue).AddMinutes(minute);
            if (zone.IsInvalidTime(local))
            {
                if (!everyHour)
                    yield return AfterGap(local, zone);
            }
            else if (zone.IsAmbiguousTime(local))
            {
                // The greater offset comes first.
                var offsets = zone.GetAmbiguousTimeOffsets(local).OrderDescending().ToList();
                foreach (var offset in everyHour ? offsets : offsets[..1])
                    yield return new DateTimeOffset(local, offset).ToUniversalTime();
            }
            else
                yield return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
        }
    }

    private static DateTimeOffset AfterGap(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    private static bool Has(ulong set, int value) => (set >> value & 1) == 1;

    private static ulong Set(string field, string name, int least, int most)
    {
        ulong set = 0;
        foreach (string part in field.Split(','))
        {
            var step = part.Split('/', 2);
            var range = step[0].Split('-', 2);
            int by = step.Length == 2 ? Number(step[1], part, name, 1, most) : 1;
            int from = step[0] == "*" ? least : Number(range[0], part, name, least, most);
            int until = range.Length == 2 ? Number(range[1], part, name, from, most) : step[0] == "*" || step.Length == 2 ? most : from;
            for (int value = from; value <= until; value += by)
                set |= 1UL << value;
        }
        return BitOperations.PopCount(set) > 0 ? set : throw Wrong($"'{field}' is no {name}.");
    }

    private static int Number(string text, string part, string name, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number : throw Wrong($"'{part}' is no {name}, which goes from {least} to {most}.");

    private static ProblemException Wrong(string what) =>
        new(new("schedule/cron", what, "Write minute, hour, day of month, month and day of week, as in '30 2 * * 1' for Mondays at half past two."));
}
