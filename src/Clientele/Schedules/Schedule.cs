using System.Globalization;
using Clientele.Problems;

namespace Clientele.Schedules;

/// <summary>What happens to instants that passed while nobody looked.</summary>
public enum CatchUp
{
    /// <summary>They are let go, unless they passed within <see cref="ScheduleBook.Grace"/>.</summary>
    None,
    /// <summary>Only the last of them is due.</summary>
    Last,
    /// <summary>All are due, in their order.</summary>
    All,
}

/// <summary>What happens when a run is due while an earlier one is not over.</summary>
public enum Overlap
{
    /// <summary>It is not made.</summary>
    Skip,
    /// <summary>It waits for the earlier one.</summary>
    Queue,
    /// <summary>Both are at work.</summary>
    Allow,
}

/// <summary>When runs are due: at the times of <paramref name="Cron"/>, or when <see cref="Files"/> have changed.</summary>
/// <param name="Cron">As <see cref="Schedules.Cron"/> reads it; null: <see cref="Files"/> say when.</param>
/// <param name="Zone">Name of a time zone, such as Europe/Paris.</param>
public sealed record Schedule(string Name, string? Cron, string Zone = "UTC", CatchUp CatchUp = CatchUp.Last, Overlap Overlap = Overlap.Skip, bool Paused = false)
{
    /// <summary>A path, glob or folder, relative to the workspace; null: <see cref="Cron"/> says when.</summary>
    public string? Files { get; init; }
    /// <summary>How long files must not change before they count.</summary>
    public TimeSpan Settled { get; init; } = TimeSpan.FromSeconds(30);
    /// <summary>What its runs are for, in the words of whoever executes them: train, score, auto.</summary>
    public string Mode { get; init; } = "train";

    /// <summary>Whether it can be kept.</summary>
    /// <exception cref="ProblemException"><c>schedule/*</c>.</exception>
    public void Check()
    {
        if (Name.Length is 0 or > 100 || !Name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.'))
            throw new ProblemException(new("schedule/name", $"'{Name}' is no name for a schedule.", "Use letters, digits, - _ and dots, 100 at most."));
        if (Cron is null == Files is null)
            throw new ProblemException(new("schedule/when", $"The schedule '{Name}' must say when: by times, or by files.", "Give --cron '0 2 * * 1', or --files 'incoming/*.csv'."));
        if (Cron is not null)
            _ = Schedules.Cron.Parse(Cron);
        _ = TimeZone;
    }

    internal TimeZoneInfo TimeZone => TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out var zone)
        ? zone : throw new ProblemException(new("schedule/zone", $"'{Zone}' is no time zone known here.", "Use a name such as UTC, Europe/Paris or America/New_York."));

    /// <summary>Due instants after one and up to another, the earliest first; of a schedule by files none can be foretold.</summary>
    public IEnumerable<DateTimeOffset> Instants(DateTimeOffset after, DateTimeOffset until)
    {
        if (Cron is null)
            yield break;
        var (cron, zone) = (Schedules.Cron.Parse(Cron), TimeZone);
        for (var due = cron.Next(after, zone); due <= until; due = cron.Next(due.Value, zone))
            yield return due.Value;
    }

    /// <summary>An instant as clocks show it where the schedule is kept.</summary>
    public DateTimeOffset InZone(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, TimeZone);

    /// <summary>The day that an instant falls on where the schedule is kept.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(InZone(instant).DateTime);

    /// <summary>When a day begins where the schedule is kept.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (TimeZone.IsInvalidTime(local))
            local = local.AddMinutes(1);        // a few zones change their clocks at midnight
        return new DateTimeOffset(local, TimeZone.IsAmbiguousTime(local) ? TimeZone.GetAmbiguousTimeOffsets(local).Max() : TimeZone.GetUtcOffset(local)).ToUniversalTime();
    }
}

/// <summary>A due instant, and what it became.</summary>
/// <param name="AsOf">The run counts only lines before this day; null: all there are.</param>
/// <param name="Run">Id of its run; null: it was skipped, or is only looked at.</param>
public sealed record DueRun(string Schedule, DateTimeOffset DueAt, DateOnly? AsOf, string? Run)
{
    /// <summary>Id of the run that found the drift which this one trains on; null: none did.</summary>
    public string? TriggeredBy { get; init; }

    internal static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    internal static DateOnly? Day(string? text) => text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
