using Clientele.Problems;
using Clientele.Storage;
using Clientele.Tracking;

namespace Clientele.Schedules;

/// <summary>A due run in the hands of this process.</summary>
/// <param name="AsOf">It counts only lines before this day; null: all there are.</param>
/// <param name="Mode">What it is for, as its schedule says, or <c>train</c> where drift was found; null: the schedule was removed meanwhile.</param>
public sealed record DueWork(HeldRun Held, string Schedule, DateTimeOffset DueAt, DateOnly? AsOf, string? Mode = null);

/// <summary>How a due run ended.</summary>
/// <param name="Words">Why, for people; null: nothing is to be said.</param>
public sealed record DueEnd(RunState State, string? Words = null);

public sealed partial class ScheduleBook
{
    private const string TriggeredBy = "(SELECT t.value FROM run_tags t WHERE t.run = r.number AND t.key = 'triggered_by')";

    /// <summary>Takes the earliest due run that may begin into the hands of this process; null: there is none.</summary>
    public async Task<DueWork?> ClaimNext(CancellationToken cancel = default)
    {
        var runs = new Runs(store);
        foreach (var (due, mode) in await store.Read(session => session.Rows(
            $"""
            SELECT d.schedule, d.due_at, d.as_of, r.id, CASE WHEN {TriggeredBy} IS NULL THEN s.mode ELSE 'train' END FROM schedule_runs d JOIN runs r ON r.id = d.run LEFT JOIN schedules s ON s.shop = d.shop AND s.name = d.schedule
            WHERE d.shop = @shop AND r.state = 'Scheduled' AND (s.overlap = 'Allow' OR NOT EXISTS (
                SELECT 1 FROM schedule_runs e JOIN runs b ON b.id = e.run WHERE e.shop = d.shop AND e.schedule = d.schedule AND e.due_at < d.due_at AND b.state IN {NotOver}))
            ORDER BY d.due_at, d.schedule
            """, row => (new DueRun(row.GetString(0), row.Moment(1), DueRun.Day(row.TextOrNull(2)), row.GetString(3)), row.TextOrNull(4)), ("shop", shop)), cancel))
            try
            {
                return new(await runs.Claim(due.Run!, cancel), due.Schedule, due.DueAt, due.AsOf, mode);
            }
            catch (ProblemException taken) when (taken.Problem.Kind is "runs/held" or "runs/over")
            {
                // Another scheduler was quicker; there may be a next one.
            }
        return null;
    }

    /// <summary>Begins due runs again whose process died or was stopped, each as a run of its own that takes that one up, <see cref="Attempts"/> times in all.</summary>
    /// <param name="leader">Who must be leading; null: anybody may.</param>
    public Task<IReadOnlyList<DueRun>> TakeUp(Leadership? leader = null, CancellationToken cancel = default) =>
        BeginEach(Crashed, "attempts + 1", (session, dead) => Begin(session, dead, resumes: dead.Run), leader, cancel);

    /// <summary>Makes a training due wherever a schedule's last look found drift: once, in the place of that look, so that it is executed, and taken up, as any due run.</summary>
    /// <param name="leader">Who must be leading; null: anybody may.</param>
    public Task<IReadOnlyList<DueRun>> FollowDrift(Leadership? leader = null, CancellationToken cancel = default) =>
        BeginEach(Drifted, "1", (session, found) => Begin(session, found with { TriggeredBy = found.Run }, resumes: null), leader, cancel);

    /// <summary>
    /// Makes a run of every instant of a window, one after the other to be executed, each as of the instant's day. Done again, what is completed or under way stays, and what failed, crashed or was cancelled is begun again.
    /// </summary>
    /// <param name="until">Included.</param>
    /// <param name="dry">Only say which: their <see cref="DueRun.Run"/> is null.</param>
    /// <exception cref="ProblemException"><c>schedule/unknown</c>; <c>schedule/window</c>: nothing is due in it.</exception>
    public Task<IReadOnlyList<DueRun>> Backfill(string name, DateTimeOffset from, DateTimeOffset until, bool dry = false, CancellationToken cancel = default)
    {
        return dry ? store.Read(Fill, cancel) : store.Write(Fill, cancel);

        async Task<IReadOnlyList<DueRun>> Fill(StoreSession session)
        {
            var schedule = await Get(session, name);
            var instants = schedule.Instants(from.AddMilliseconds(-1), until).ToList();
            if (instants.Count == 0)
                throw new ProblemException(new("schedule/window", $"Nothing of '{name}' is due from {from:yyyy-MM-dd HH:mm} to {until:yyyy-MM-dd HH:mm}.",
                    schedule.Cron is null ? "Only a schedule with --cron can be filled." : $"Its times are '{schedule.Cron}' in {schedule.Zone}; choose a wider window."));
            var made = new List<DueRun>();
            foreach (var instant in instants)
            {
                var due = new DueRun(name, instant, schedule.DayOf(instant), null);
                var earlier = await session.Row(
                    "SELECT d.run, r.state FROM schedule_runs d LEFT JOIN runs r ON r.id = d.run WHERE d.shop = @shop AND d.schedule = @name AND d.due_at = @due",
                    row => new { Run = row.TextOrNull(0), State = row.TextOrNull(1) }, ("shop", shop), ("name", name), ("due", instant.ToUnixTimeMilliseconds()));
                if (earlier?.State is not (null or nameof(RunState.Failed) or nameof(RunState.Crashed) or nameof(RunState.Cancelled)))
                    continue;
                if (dry)
                    made.Add(due);
                else if (earlier is null)
                    made.Add((await Make(session, schedule, instant, due.AsOf, Overlap.Queue))!);
                else
                    made.Add(await Begin(session, due, resumes: earlier.Run));
            }
            return made;
        }
    }

    /// <param name="attempts">What each has had with this one.</param>
    private async Task<IReadOnlyList<DueRun>> BeginEach(
        Func<StoreSession, Task<List<DueRun>>> find, string attempts, Func<StoreSession, DueRun, Task<DueRun>> begin, Leadership? leader, CancellationToken cancel)
    {
        if ((await store.Read(find, cancel)).Count == 0)
            return [];
        return await store.Write(async session =>
        {
            if (leader is not null)
                await leader.Check(session);
            var begun = new List<DueRun>();
            foreach (var due in await find(session))
            {
                await session.Execute($"UPDATE schedule_runs SET attempts = {attempts} WHERE shop = @shop AND schedule = @name AND due_at = @due",
                    ("shop", shop), ("name", due.Schedule), ("due", due.DueAt.ToUnixTimeMilliseconds()));
                begun.Add(await begin(session, due));
            }
            return (IReadOnlyList<DueRun>)begun;
        }, cancel);
    }

    private Task<List<DueRun>> Crashed(StoreSession session) => session.Rows(
        $"""
        SELECT d.schedule, d.due_at, d.as_of, r.id, {TriggeredBy} FROM schedule_runs d JOIN runs r ON r.id = d.run
        WHERE d.shop = @shop AND d.attempts < @most AND (r.state = 'Crashed' OR (r.state = 'Cancelled' AND r.started_at IS NOT NULL AND r.cancel_requested_at IS NULL))
        ORDER BY d.due_at, d.schedule
        """,
        row => new DueRun(row.GetString(0), row.Moment(1), DueRun.Day(row.TextOrNull(2)), row.GetString(3)) { TriggeredBy = row.TextOrNull(4) }, ("shop", shop), ("most", (long)Attempts));

    // Of every schedule the newest run that is over counts: a later look has looked anew.
    private Task<List<DueRun>> Drifted(StoreSession session) => session.Rows(
        """
        SELECT d.schedule, d.due_at, r.id FROM schedules s JOIN schedule_runs d ON d.shop = s.shop AND d.schedule = s.name AND d.due_at = (
            SELECT e.due_at FROM schedule_runs e JOIN runs b ON b.id = e.run WHERE e.shop = s.shop AND e.schedule = s.name AND e.as_of IS NULL AND b.state IN ('Completed', 'Failed') ORDER BY e.due_at DESC LIMIT 1)
        JOIN runs r ON r.id = d.run JOIN run_metrics m ON m.run = r.number AND m.key = 'drifted' AND m.value = 1
        WHERE s.shop = @shop AND s.mode = 'auto' AND r.kind = 'score' AND r.state = 'Completed' AND NOT EXISTS (SELECT 1 FROM run_tags t WHERE t.key = 'triggered_by' AND SUBSTR(t.value, 1, 200) = r.id)
        ORDER BY d.due_at, d.schedule
        """,
        row => new DueRun(row.GetString(0), row.Moment(1), null, row.GetString(2)), ("shop", shop));
}
