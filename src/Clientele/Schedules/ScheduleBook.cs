using System.Data.Common;
using System.Globalization;
using Clientele.Problems;
using Clientele.Storage;
using Clientele.Tracking;

namespace Clientele.Schedules;

/// <summary>The schedules of a store. Any number of schedulers may look at it at once: a due instant becomes one run.</summary>
public sealed class ScheduleBook(Store store)
{
    /// <summary>How late an instant may be looked at and still not count as missed.</summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromMinutes(2);

    private const string Columns = "name, cron, zone, catch_up, overlap, paused";

    /// <summary>Adds a schedule, or changes one; instants before now are not due.</summary>
    /// <exception cref="ProblemException"><c>schedule/cron</c> or <c>schedule/zone</c>.</exception>
    public Task Put(Schedule schedule, CancellationToken cancel = default)
    {
        _ = Cron.Parse(schedule.Cron);
        _ = ZoneOf(schedule);
        return store.Write(session => session.Execute(
            """
            INSERT INTO schedules (name, cron, zone, catch_up, overlap, paused, planned_until) VALUES (@name, @cron, @zone, @catch, @overlap, @paused, @now)
            ON CONFLICT (name) DO UPDATE SET cron = EXCLUDED.cron, zone = EXCLUDED.zone, catch_up = EXCLUDED.catch_up, overlap = EXCLUDED.overlap, paused = EXCLUDED.paused,
                planned_until = CASE WHEN schedules.planned_until > EXCLUDED.planned_until THEN schedules.planned_until ELSE EXCLUDED.planned_until END
            """,
            ("name", schedule.Name), ("cron", schedule.Cron), ("zone", schedule.Zone), ("catch", schedule.CatchUp.ToString()), ("overlap", schedule.Overlap.ToString()),
            ("paused", schedule.Paused ? 1L : 0L), ("now", session.Now)), cancel);
    }

    public Task<IReadOnlyList<Schedule>> All(CancellationToken cancel = default) =>
        store.Read(async session => (IReadOnlyList<Schedule>)await session.Rows($"SELECT {Columns} FROM schedules ORDER BY name", Read), cancel);

    /// <summary>Forgets a schedule; the runs it made stay.</summary>
    public Task Remove(string name, CancellationToken cancel = default) => store.Write(session => session.Execute("DELETE FROM schedules WHERE name = @name", ("name", name)), cancel);

    /// <summary>Makes a run of every instant that has become due since anybody last looked. A clock that was set back makes none twice: nothing is due until it is past where it was.</summary>
    public Task<IReadOnlyList<DueRun>> Plan(CancellationToken cancel = default) => store.Write(async session =>
    {
        var made = new List<DueRun>();
        foreach (var (schedule, until) in await session.Rows($"SELECT {Columns}, planned_until FROM schedules WHERE paused = 0 AND planned_until < @now ORDER BY name", row => (Read(row), row.Moment(6)), ("now", session.Now)))
        {
            foreach (var due in Due(schedule, until, DateTimeOffset.FromUnixTimeMilliseconds(session.Now)))
                if (await Make(session, schedule, due, schedule.Overlap) is { } run)
                    made.Add(run);
            await session.Execute("UPDATE schedules SET planned_until = @now WHERE name = @name", ("name", schedule.Name), ("now", session.Now));
        }
        return (IReadOnlyList<DueRun>)made;
    }, cancel);

    /// <summary>Makes a run of every instant of a window that has none yet, one after the other to be executed.</summary>
    /// <exception cref="ProblemException"><c>schedule/unknown</c>.</exception>
    public Task<IReadOnlyList<DueRun>> Backfill(string name, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel = default) => store.Write(async session =>
    {
        var schedule = await session.Row($"SELECT {Columns} FROM schedules WHERE name = @name", Read, ("name", name))
            ?? throw new ProblemException(new("schedule/unknown", $"There is no schedule '{name}'.", "List those there are: clientele schedule list."));
        var made = new List<DueRun>();
        foreach (var due in Instants(schedule, from.AddMilliseconds(-1), until))
            if (await Make(session, schedule, due, Overlap.Queue) is { } run)
                made.Add(run);
        return (IReadOnlyList<DueRun>)made;
    }, cancel);

    /// <summary>Takes the earliest due run that may begin into the hands of this process; null: there is none.</summary>
    public async Task<HeldRun?> ClaimNext(CancellationToken cancel = default)
    {
        var runs = new Runs(store);
        foreach (string id in await store.Read(session => session.Rows(
            """
            SELECT r.id FROM schedule_runs d JOIN runs r ON r.id = d.run LEFT JOIN schedules s ON s.name = d.schedule
            WHERE r.state = 'Scheduled' AND (s.overlap = 'Allow' OR NOT EXISTS (
                SELECT 1 FROM schedule_runs e JOIN runs b ON b.id = e.run WHERE e.schedule = d.schedule AND e.due_at < d.due_at AND b.state IN ('Scheduled', 'Pending', 'Running', 'Retrying')))
            ORDER BY d.due_at, d.schedule
            """, row => row.GetString(0)), cancel))
            try
            {
                return await runs.Claim(id, cancel);
            }
            catch (ProblemException taken) when (taken.Problem.Kind is "runs/held" or "runs/over")
            {
                // Another scheduler was quicker; there may be a next one.
            }
        return null;
    }

    private static IEnumerable<DateTimeOffset> Due(Schedule schedule, DateTimeOffset after, DateTimeOffset now) => schedule.CatchUp switch
    {
        CatchUp.All => Instants(schedule, after, now),
        CatchUp.Last => Instants(schedule, after, now).TakeLast(1),
        _ => Instants(schedule, after > now - Grace ? after : now - Grace, now),
    };

    private static IEnumerable<DateTimeOffset> Instants(Schedule schedule, DateTimeOffset after, DateTimeOffset until)
    {
        var (cron, zone) = (Cron.Parse(schedule.Cron), ZoneOf(schedule));
        for (var due = cron.Next(after, zone); due <= until; due = cron.Next(due.Value, zone))
            yield return due.Value;
    }

    // Null: this instant has its run already.
    private static async Task<DueRun?> Make(StoreSession session, Schedule schedule, DateTimeOffset due, Overlap overlap)
    {
        bool busy = overlap == Overlap.Skip && await session.Number(
            "SELECT COUNT(*) FROM schedule_runs d JOIN runs r ON r.id = d.run WHERE d.schedule = @name AND r.state IN ('Scheduled', 'Pending', 'Running', 'Retrying')", ("name", schedule.Name)) > 0;
        if (await session.Execute("INSERT INTO schedule_runs (schedule, due_at) VALUES (@name, @due) ON CONFLICT DO NOTHING", ("name", schedule.Name), ("due", due.ToUnixTimeMilliseconds())) == 0)
            return null;
        if (busy)
            return new(schedule.Name, due, null);
        var (_, id) = await RunRows.Insert(session, new()
        {
            Name = schedule.Name,
            Scheduled = true,
            Tags = new Dictionary<string, string> { ["schedule"] = schedule.Name, ["due_at"] = due.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) },
        });
        await session.Execute("UPDATE schedule_runs SET run = @run WHERE schedule = @name AND due_at = @due", ("run", id), ("name", schedule.Name), ("due", due.ToUnixTimeMilliseconds()));
        return new(schedule.Name, due, id);
    }

    private static TimeZoneInfo ZoneOf(Schedule schedule) => TimeZoneInfo.TryFindSystemTimeZoneById(schedule.Zone, out var zone)
        ? zone : throw new ProblemException(new("schedule/zone", $"'{schedule.Zone}' is no time zone known here.", "Use a name such as UTC, Europe/Paris or America/New_York."));

    private static Schedule Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), Enum.Parse<CatchUp>(row.GetString(3)), Enum.Parse<Overlap>(row.GetString(4)), row.GetInt64(5) != 0);
}
