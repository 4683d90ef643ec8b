using System.Data.Common;
using System.Globalization;
using Clientele.Problems;
using Clientele.Storage;
using Clientele.Tracking;

namespace Clientele.Schedules;

/// <summary>The schedules of a shop. Any number of schedulers may look at them at once: a due instant becomes one run.</summary>
/// <param name="shop">What its runs are called in the store.</param>
/// <param name="clock">By which runs are due; null: the store's.</param>
public sealed partial class ScheduleBook(Store store, string shop, TimeProvider? clock = null)
{
    /// <summary>How late an instant may be looked at and still not count as missed.</summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromMinutes(2);
    /// <summary>How often a due run whose process dies is begun in all.</summary>
    public const int Attempts = 5;

    private const string Columns = "name, cron, zone, catch_up, overlap, paused, files, settled, mode", NotOver = "('Scheduled', 'Pending', 'Running', 'Retrying')";

    internal TimeProvider Clock { get; } = clock ?? store.Clock;
    private long Now => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Adds a schedule, or changes one; instants before now are not due.</summary>
    /// <param name="seen">Of a schedule by files: the digest of the list that is no news.</param>
    /// <exception cref="ProblemException"><c>schedule/cron</c>, <c>schedule/zone</c>, <c>schedule/name</c> or <c>schedule/when</c>.</exception>
    public Task Put(Schedule schedule, string? seen = null, CancellationToken cancel = default)
    {
        schedule.Check();
        return store.Write(session => session.Execute(
            """
            INSERT INTO schedules (shop, name, mode, cron, files, settled, zone, catch_up, overlap, paused, planned_until, seen)
            VALUES (@shop, @name, @mode, @cron, @files, @settled, @zone, @catch, @overlap, @paused, @now, @seen)
            ON CONFLICT (shop, name) DO UPDATE SET mode = EXCLUDED.mode, cron = EXCLUDED.cron, files = EXCLUDED.files, settled = EXCLUDED.settled, zone = EXCLUDED.zone, catch_up = EXCLUDED.catch_up,
                overlap = EXCLUDED.overlap, paused = EXCLUDED.paused, seen = EXCLUDED.seen,
                planned_until = CASE WHEN schedules.planned_until > EXCLUDED.planned_until THEN schedules.planned_until ELSE EXCLUDED.planned_until END
            """,
            ("shop", shop), ("name", schedule.Name), ("mode", schedule.Mode), ("cron", schedule.Cron), ("files", schedule.Files), ("settled", (long)schedule.Settled.TotalMilliseconds), ("zone", schedule.Zone),
            ("catch", schedule.CatchUp.ToString()), ("overlap", schedule.Overlap.ToString()), ("paused", schedule.Paused ? 1L : 0L), ("now", Now), ("seen", seen)), cancel);
    }

    public Task<IReadOnlyList<Schedule>> All(CancellationToken cancel = default) =>
        store.Read(async session => (IReadOnlyList<Schedule>)await session.Rows($"SELECT {Columns} FROM schedules WHERE shop = @shop ORDER BY name", Read, ("shop", shop)), cancel);

    /// <exception cref="ProblemException"><c>schedule/unknown</c>.</exception>
    public Task<Schedule> Get(string name, CancellationToken cancel = default) => store.Read(session => Get(session, name), cancel);

    /// <summary>The newest due instants of a schedule and what they became, the newest first.</summary>
    public Task<IReadOnlyList<DueRun>> Latest(string name, int count, CancellationToken cancel = default) => store.Read(async session => (IReadOnlyList<DueRun>)await session.Rows(
        "SELECT schedule, due_at, as_of, run FROM schedule_runs WHERE shop = @shop AND schedule = @name ORDER BY due_at DESC LIMIT @count",
        row => new DueRun(row.GetString(0), row.Moment(1), DueRun.Day(row.TextOrNull(2)), row.TextOrNull(3)), ("shop", shop), ("name", name), ("count", (long)count)), cancel);

    /// <summary>Forgets a schedule; the runs it made stay.</summary>
    /// <exception cref="ProblemException"><c>schedule/unknown</c>.</exception>
    public Task Remove(string name, CancellationToken cancel = default) => store.Write(async session =>
    {
        _ = await Get(session, name);
        await session.Execute("DELETE FROM schedules WHERE shop = @shop AND name = @name", ("shop", shop), ("name", name));
    }, cancel);

    /// <summary>Lets nothing be due, or things be due again. What would have been due in between is let go.</summary>
    /// <exception cref="ProblemException"><c>schedule/unknown</c>.</exception>
    public Task Pause(string name, bool paused, CancellationToken cancel = default) => store.Write(async session =>
    {
        if ((await Get(session, name)).Paused != paused)
            await session.Execute(
                "UPDATE schedules SET paused = @paused, planned_until = CASE WHEN planned_until > @now THEN planned_until ELSE @now END WHERE shop = @shop AND name = @name",
                ("paused", paused ? 1L : 0L), ("now", Now), ("shop", shop), ("name", name));
    }, cancel);

    /// <summary>Makes a run of every instant that has become due since anybody last looked. A clock that was set back makes none twice: nothing is due until it is past where it was.</summary>
    /// <param name="leader">Who must be leading; null: anybody may.</param>
    /// <param name="dry">Only say what is due.</param>
    public async Task<IReadOnlyList<DueRun>> Plan(Leadership? leader = null, bool dry = false, CancellationToken cancel = default)
    {
        // Looking first spares all others the wait for a write that would change nothing.
        var passed = await store.Read(Due, cancel);
        if (dry || passed.Count == 0)
            return [.. passed.SelectMany(each => each.Instants.Select(due => new DueRun(each.Schedule.Name, due, null, null)))];
        return await store.Write(async session =>
        {
            if (leader is not null)
                await leader.Check(session);
            var made = new List<DueRun>();
            foreach (var (schedule, instants, until) in await Due(session))
            {
                foreach (var due in instants)
                    if (await Make(session, schedule, due, asOf: null, schedule.Overlap) is { } run)
                        made.Add(run);
                await session.Execute("UPDATE schedules SET planned_until = @until WHERE shop = @shop AND name = @name", ("shop", shop), ("name", schedule.Name), ("until", until.ToUnixTimeMilliseconds()));
            }
            return (IReadOnlyList<DueRun>)made;
        }, cancel);
    }

    /// <summary>Makes a run because the files of a schedule have changed. Of several that see it, one makes it.</summary>
    /// <param name="seen">Digest of the list of files as it is now.</param>
    /// <returns>Null: that list had its run already.</returns>
    internal Task<DueRun?> PlanFor(string name, string seen, Leadership? leader, CancellationToken cancel) => store.Write(async session =>
    {
        if (leader is not null)
            await leader.Check(session);
        if (await session.Execute("UPDATE schedules SET seen = @seen WHERE shop = @shop AND name = @name AND paused = 0 AND (seen IS NULL OR seen <> @seen)", ("shop", shop), ("name", name), ("seen", seen)) == 0)
            return null;
        var schedule = await Get(session, name);
        return await Make(session, schedule, DateTimeOffset.FromUnixTimeMilliseconds(Now), asOf: null, schedule.Overlap == Overlap.Skip ? Overlap.Queue : schedule.Overlap);
    }, cancel);

    /// <summary>Digest of the list of files that had its run; null: none had.</summary>
    internal Task<string?> Seen(string name, CancellationToken cancel) => store.Read(
        session => session.Row("SELECT seen FROM schedules WHERE shop = @shop AND name = @name", row => row.TextOrNull(0) ?? "", ("shop", shop), ("name", name)), cancel);

    private async Task<List<(Schedule Schedule, List<DateTimeOffset> Instants, DateTimeOffset Until)>> Due(StoreSession session)
    {
        var (now, due) = (Clock.GetUtcNow(), new List<(Schedule, List<DateTimeOffset>, DateTimeOffset)>());
        foreach (var (schedule, until) in await session.Rows(
            $"SELECT {Columns}, planned_until FROM schedules WHERE shop = @shop AND paused = 0 AND cron IS NOT NULL AND planned_until < @now ORDER BY name",
            row => (Read(row), row.Moment(9)), ("shop", shop), ("now", now.ToUnixTimeMilliseconds())))
            if (schedule.Instants(until, now).ToList() is { Count: > 0 } passed)
                due.Add((schedule, CaughtUp(schedule, passed, now), passed[^1]));
        return due;
    }

    private static List<DateTimeOffset> CaughtUp(Schedule schedule, List<DateTimeOffset> passed, DateTimeOffset now) => schedule.CatchUp switch
    {
        CatchUp.All => passed,
        CatchUp.Last => passed[^1..],
        _ => [.. passed.Where(due => due > now - Grace)],
    };

    // Null: this instant has its run already.
    private async Task<DueRun?> Make(StoreSession session, Schedule schedule, DateTimeOffset due, DateOnly? asOf, Overlap overlap)
    {
        bool busy = overlap == Overlap.Skip && await session.Number(
            $"SELECT COUNT(*) FROM schedule_runs d JOIN runs r ON r.id = d.run WHERE d.shop = @shop AND d.schedule = @name AND r.state IN {NotOver}", ("shop", shop), ("name", schedule.Name)) > 0;
        if (await session.Execute(
            "INSERT INTO schedule_runs (shop, schedule, due_at, as_of, attempts) VALUES (@shop, @name, @due, @day, 1) ON CONFLICT DO NOTHING",
            ("shop", shop), ("name", schedule.Name), ("due", due.ToUnixTimeMilliseconds()), ("day", DueRun.Text(asOf))) == 0)
            return null;
        return busy ? new(schedule.Name, due, asOf, null) : await Begin(session, new(schedule.Name, due, asOf, null), resumes: null);
    }

    // Adds a run for an instant that has its row.
    private async Task<DueRun> Begin(StoreSession session, DueRun due, string? resumes)
    {
        var tags = new Dictionary<string, string> { ["schedule"] = due.Schedule, ["due_at"] = due.DueAt.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture) };
        if (due.AsOf is { } day)
            tags["as_of"] = DueRun.Text(day)!;
        if (due.TriggeredBy is { } found)
            (tags["trigger"], tags["triggered_by"]) = ("drift", found);
        var (_, id) = await RunRows.Insert(session, new() { Experiment = shop, Name = due.Schedule, Scheduled = true, Resumes = resumes, Tags = tags });
        await session.Execute("UPDATE schedule_runs SET run = @run, as_of = @day WHERE shop = @shop AND schedule = @name AND due_at = @due",
            ("run", id), ("day", DueRun.Text(due.AsOf)), ("shop", shop), ("name", due.Schedule), ("due", due.DueAt.ToUnixTimeMilliseconds()));
        return due with { Run = id };
    }

    private async Task<Schedule> Get(StoreSession session, string name) =>
        await session.Row($"SELECT {Columns} FROM schedules WHERE shop = @shop AND name = @name", Read, ("shop", shop), ("name", name))
        ?? throw new ProblemException(new("schedule/unknown", $"There is no schedule '{name}'.", "List those there are: clientele schedule list."));

    private static Schedule Read(DbDataReader row) => new(
        row.GetString(0), row.TextOrNull(1), row.GetString(2), Enum.Parse<CatchUp>(row.GetString(3)), Enum.Parse<Overlap>(row.GetString(4)), row.GetInt64(5) != 0)
    {
        Files = row.TextOrNull(6),
        Settled = TimeSpan.FromMilliseconds(row.GetInt64(7)),
        Mode = row.GetString(8),
    };
}
