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

/// <summary>When runs are due.</summary>
/// <param name="Cron">As <see cref="Schedules.Cron"/> reads it.</param>
/// <param name="Zone">Name of a time zone, such as Europe/Paris.</param>
public sealed record Schedule(string Name, string Cron, string Zone = "UTC", CatchUp CatchUp = CatchUp.Last, Overlap Overlap = Overlap.Skip, bool Paused = false);

/// <summary>A due instant that became a run.</summary>
/// <param name="Run">Its id; null: it was skipped.</param>
public sealed record DueRun(string Schedule, DateTimeOffset DueAt, string? Run);
