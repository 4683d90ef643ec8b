using System.Collections.Concurrent;
using System.Diagnostics;
using Clientele.Schedules;
using Clientele.Storage;
using Clientele.Tracking;

namespace Clientele.Tests.Kills;

/// <summary>Two scheduler processes on one store, of which the one that leads is killed again and again, or frozen: every due run is executed to its end once.</summary>
/// <param name="probe">Clientele.Probe.dll.</param>
/// <param name="address">Of the store, as a settings file would say it.</param>
internal sealed class KilledSchedulers(string probe, string address, int seed) : IAsyncDisposable
{
    // Leases and runs live ten times as fast, so that a frozen process is given up after one and a half seconds.
    private const double LeaseSpeed = 10;
    private static readonly DateTimeOffset Start = new(2026, 3, 28, 20, 0, 0, TimeSpan.Zero);

    private readonly Random random = new(seed);
    private readonly FastClock leases = new(TimeProvider.System.GetUtcNow(), Start, LeaseSpeed, DateTimeOffset.MaxValue);
    private readonly List<Scheduler> schedulers = [];
    private Store? store;

    public int Kills { get; private set; }
    public int Ticks { get; private set; }
    public int Attempts { get; private set; }

    /// <summary>What was wrong, if anything.</summary>
    public List<string> Wrong { get; } = [];

    /// <param name="ticks">Due instants.</param>
    /// <param name="perSecond">How many become due in a second of the world.</param>
    public async Task Kill(int ticks, double perSecond, CancellationToken cancel)
    {
        store = await Store.Open(StoreAddress.Parse(address, ""), leases, cancel);
        await new ScheduleBook(store, "shop", Stopped(Start)).Put(new("minutely", "* * * * *", "Europe/Paris", CatchUp.All, Overlap.Allow), cancel: cancel);
        var end = Start + TimeSpan.FromMinutes(ticks);
        var due = new FastClock(TimeProvider.System.GetUtcNow(), Start, 60 * perSecond, end);
        Launch(due, work: 5);
        Launch(due, work: 5);
        while (due.GetUtcNow() < end)
        {
            await Task.Delay(random.Next(200, 1_200), cancel);
            // A leader that has completed a run since it took the lead; now and then whoever follows.
            if ((random.Next(6) > 0 ? schedulers.Find(each => each.Leads && each.HasCompleted) : schedulers.Find(each => !each.Leads)) is not { } victim)
                continue;
            await victim.Signal("-9");
            schedulers.Remove(victim);
            Kills++;
            Launch(due, work: 5);
        }
        await Settle(ticks, cancel);
        await Check(cancel);
    }

    /// <summary>Freezes the process that works on a run until its lease is over and another has done the run, then wakes it.</summary>
    /// <returns>What the woken process said afterwards.</returns>
    public async Task<IReadOnlyList<string>> Freeze(CancellationToken cancel)
    {
        store = await Store.Open(StoreAddress.Parse(address, ""), leases, cancel);
        const int ticks = 3;
        var due = Stopped(Start.AddMinutes(ticks));
        await new ScheduleBook(store, "shop", Stopped(Start)).Put(new("minutely", "* * * * *", CatchUp: CatchUp.All, Overlap: Overlap.Allow), cancel: cancel);
        Launch(due, work: 600);
        var frozen = schedulers[0];
        while (frozen.Begun.IsEmpty)
            await Task.Delay(10, cancel);
        await frozen.Signal("-STOP");
        frozen.Begun.TryPeek(out string? run);
        int said = frozen.Lines.Count;
        Launch(due, work: 20);
        while ((await new Runs(store).Get(run!, cancel)).State != RunState.Crashed)
            await Task.Delay(50, cancel);
        await frozen.Signal("-CONT");
        while (!frozen.Lines.Skip(said).Any(line => line.StartsWith("refused", StringComparison.Ordinal)))
            await Task.Delay(50, cancel);
        await Settle(ticks, cancel);
        await Check(cancel);
        return [.. frozen.Lines.Skip(said)];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var scheduler in schedulers)
            await scheduler.Signal("-9");
        if (store is not null)
            await store.DisposeAsync();
    }

    // When every instant has its run, and nothing will come of those that are not completed.
    private async Task Settle(int ticks, CancellationToken cancel)
    {
        while (await store!.Read(session => session.Number(
            "SELECT COUNT(*) FROM schedule_runs d JOIN runs r ON r.id = d.run WHERE r.state = 'Completed' OR (r.state = 'Crashed' AND d.attempts >= @most)", ("most", (long)ScheduleBook.Attempts)), cancel) < ticks)
            await Task.Delay(50, cancel);
    }

    private static FastClock Stopped(DateTimeOffset at) => new(TimeProvider.System.GetUtcNow(), at, 1, at);

    private async Task Check(CancellationToken cancel)
    {
        var runs = await store!.Read(session => session.Rows(
            """
            SELECT t.value, r.id, r.state, r.started_at, r.ended_at, (SELECT COUNT(*) FROM run_log l WHERE l.run = r.number AND l.text = 'worked')
            FROM runs r JOIN run_tags t ON t.run = r.number AND t.key = 'due_at' ORDER BY t.value, r.number
            """, row => new Executed(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5))), cancel);
        var planned = await store.Read(session => session.Rows("SELECT due_at FROM schedule_runs ORDER BY due_at", row => row.GetInt64(0)), cancel);
        (Ticks, Attempts) = (planned.Count, runs.Count);
        foreach (var (before, after) in planned.Prepend(Start.ToUnixTimeMilliseconds()).Zip(planned))
            if (after - before != 60_000)
                Wrong.Add($"{(after - before) / 60_000 - 1} instants were lost before {DateTimeOffset.FromUnixTimeMilliseconds(after):yyyy-MM-dd HH:mm}");
        foreach (var instant in runs.GroupBy(run => run.DueAt))
        {
            var attempts = instant.ToList();
            if (attempts.Count(run => run.State == nameof(RunState.Completed)) != 1 || attempts[^1].State != nameof(RunState.Completed))
                Wrong.Add($"{instant.Key}: {string.Join(", ", attempts.Select(run => run.State))}");
            if (attempts.Zip(attempts.Skip(1)).Any(pair => pair.Second.StartedAt < pair.First.EndedAt))
                Wrong.Add($"{instant.Key}: two at once");
            if (attempts[^1].Worked != 1)
                Wrong.Add($"{instant.Key}: worked {attempts[^1].Worked} times");
        }
        if (runs.Select(run => run.DueAt).Distinct().Count() != planned.Count)
            Wrong.Add($"{planned.Count} instants, runs of {runs.Select(run => run.DueAt).Distinct().Count()}");
    }

    private void Launch(FastClock due, int work) => schedulers.Add(new(probe, address, $"{leases}", $"{due}", work));

    private sealed record Executed(string DueAt, string Id, string State, long StartedAt, long EndedAt, long Worked);

    private sealed class Scheduler
    {
        private readonly Process process;

        public Scheduler(string probe, params object[] arguments)
        {
            process = Process.Start(new ProcessStartInfo("dotnet", [probe, "schedule", .. arguments.Select(argument => $"{argument}")]) { RedirectStandardOutput = true })!;
            process.OutputDataReceived += (_, line) =>
            {
                if (line.Data is not { } text)
                    return;
                Lines.Enqueue(text);
                if (text.Split(' ') is ["begun", var run])
                    Begun.Enqueue(run);
                else if (text.StartsWith("leading", StringComparison.Ordinal) || text.StartsWith("following", StringComparison.Ordinal))
                    Leads = text[0] == 'l';
                else if (text.StartsWith("completed", StringComparison.Ordinal))
                    HasCompleted = true;
            };
            process.BeginOutputReadLine();
        }

        public bool Leads { get; private set; }
        public bool HasCompleted { get; private set; }
        public ConcurrentQueue<string> Lines { get; } = [];
        public ConcurrentQueue<string> Begun { get; } = [];

        public async Task Signal(string signal)
        {
            using (var kill = Process.Start("kill", [signal, $"{process.Id}"]))
                await kill.WaitForExitAsync();
            if (signal != "-9")
                return;
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
