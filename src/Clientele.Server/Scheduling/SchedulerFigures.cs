using System.Collections.Concurrent;
using Clientele.Server.Metrics;

namespace Clientele.Server.Scheduling;

/// <summary>What the scheduler beside the service did since the service started.</summary>
internal sealed class SchedulerFigures
{
    private readonly ConcurrentDictionary<(string Schedule, string State), long> runs = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> successes = new();
    private long failures;

    /// <summary>Whether it is at work.</summary>
    public bool IsUp { get; set; }

    /// <summary>Notes that it ended without being told to.</summary>
    public void Fail() => Interlocked.Increment(ref failures);

    /// <param name="what">As <see cref="Schedules.SchedulerNews"/> has it.</param>
    public void Note(string what, string schedule, DateTimeOffset now)
    {
        if (what is "completed" or "failed" or "cancelled" or "skipped")
            runs.AddOrUpdate((schedule, what), 1, static (_, count) => count + 1);
        if (what == "completed")
            successes[schedule] = now;
    }

    public void Expose(Exposition now)
    {
        now.Family("clientele_scheduler_up", "gauge", "1: the scheduler beside the service is at work.").Sample("clientele_scheduler_up", IsUp ? 1 : 0);
        now.Family("clientele_scheduler_failures_total", "counter", "How often it ended without being told to.").Sample("clientele_scheduler_failures_total", Volatile.Read(ref failures));
        now.Family("clientele_pipeline_runs_total", "counter", "Runs of schedules that are over, by how they ended.");
        foreach (var ((schedule, state), count) in runs.OrderBy(entry => entry.Key))
            now.Sample("clientele_pipeline_runs_total", count, ("pipeline", schedule), ("state", state));
        now.Family("clientele_pipeline_last_success_timestamp_seconds", "gauge", "When a run of a schedule was last completed, since 1970.");
        foreach (var (schedule, at) in successes.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            now.Sample("clientele_pipeline_last_success_timestamp_seconds", at.ToUnixTimeMilliseconds() / 1000.0, ("pipeline", schedule));
    }
}
