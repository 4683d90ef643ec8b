using System.Collections.Concurrent;
using Clientele.Problems;
using Clientele.Schedules;
using Clientele.Tracking;

namespace Clientele.Tests.Stores;

/// <summary>The loop that executes what is due.</summary>
public abstract class SchedulerSuite : StoreSuite
{
    private static readonly SchedulerOptions Quick = new(TimeSpan.FromSeconds(15), TimeSpan.FromMilliseconds(3));
    private readonly string folder = Directory.CreateTempSubdirectory("clientele-watch-").FullName;

    private ScheduleBook Book => new(Store, "shop");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("30 2 * * *", "2028-02-27T00:00Z", "2028-03-29T00:00Z")]       // a leap day, and the hour that is left out
    [InlineData("30 2 * * *", "2028-10-26T00:00Z", "2028-11-01T00:00Z")]       // the hour that comes twice
    [InlineData("0 */6 29 2 *", "2027-12-30T00:00Z", "2028-03-03T00:00Z")]
    public async Task Through_clock_changes_leap_days_and_a_clock_set_back_every_due_run_is_executed_once_in_its_order(string cron, string from, string until)
    {
        var (start, end) = (DateTimeOffset.Parse(from, null), DateTimeOffset.Parse(until, null));
        var (clock, schedule) = (new FakeClock(), new Schedule("nightly", cron, "Europe/Paris", CatchUp.All, Overlap.Queue));      // the clock of leases stands: a run at work does not die of a jump
        clock.Set(start);
        var book = new ScheduleBook(Store, "shop", clock);
        await book.Put(schedule);
        var (executed, random) = (new ConcurrentQueue<DateTimeOffset>(), new Random(8));
        await using var loop = new Loop(book, Runs, Leader(), work => executed.Enqueue(work.DueAt), Quick);
        while (clock.GetUtcNow() < end)
        {
            clock.Advance(random.Next(5) == 0 ? TimeSpan.FromHours(-1) : TimeSpan.FromMinutes(random.Next(30, 900)));
            await loop.Looks(2);
        }
        while (executed.Count < schedule.Instants(start, clock.GetUtcNow()).Count())
            await loop.Looks(1);

        Assert.Equal(schedule.Instants(start, clock.GetUtcNow()), executed);
    }

    [Fact]
    public async Task A_leader_that_slept_past_its_lease_is_refused_and_the_other_goes_on()
    {
        await Book.Put(new("hourly", "0 * * * *"));
        var (frozen, other) = (Leader(), Leader());
        Assert.True(await frozen.Hold());
        Assert.False(await other.Hold());
        Clock.Advance(TimeSpan.FromHours(2));

        Assert.True(await other.Hold());
        await Refused("schedule/not-leading", () => Book.Plan(frozen));

        Assert.Single(await Book.Plan(other));
        Assert.False(await frozen.Hold());
        await other.Release();
        Assert.True(await frozen.Hold());
    }

    [Fact]
    public async Task A_clock_set_back_does_not_leave_a_dead_leader_in_place()
    {
        Assert.True(await Leader().Hold());
        Clock.Advance(TimeSpan.FromHours(-1));

        Assert.True(await Leader().Hold());
    }

    [Fact]
    public async Task A_due_run_whose_process_dies_is_begun_again_and_one_that_fails_is_not()
    {
        await Book.Put(new("hourly", "0 * * * *", CatchUp: CatchUp.All, Overlap: Overlap.Queue));
        Clock.Advance(TimeSpan.FromHours(2));
        await Book.Plan();
        var begun = new List<string>();
        for (int death = 1; death <= ScheduleBook.Attempts; death++)
        {
            var work = (await Book.ClaimNext())!;
            begun.Add(work.Held.Id);
            await work.Held.DisposeAsync();       // no word of its end
            Clock.Advance(Runs.Lease * 2);
            await Runs.NoticeDead();
            Assert.Equal(death < ScheduleBook.Attempts, (await Book.TakeUp()).Count == 1);
        }
        Assert.Equal(ScheduleBook.Attempts, begun.Distinct().Count());
        Assert.Equal(begun[0], (await Runs.Get(begun[1])).Resumes);

        var second = (await Book.ClaimNext())!;
        await using (second.Held)
            await second.Held.End(RunState.Failed, "no orders");
        Assert.Empty(await Book.TakeUp());
        Assert.Null(await Book.ClaimNext());
    }

    [Fact]
    public async Task A_training_that_drift_sets_off_is_due_once_whoever_looks_and_taken_up_when_its_process_dies()
    {
        await Book.Put(new("watch", "0 * * * *") { Mode = "auto" });
        var look = await LookAt(drifted: true);

        var made = (await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Book.FollowDrift())))).SelectMany(each => each);

        var training = Assert.Single(made);
        Assert.Equal((look.DueAt, look.Held.Id), (training.DueAt, training.TriggeredBy));
        var dies = (await Book.ClaimNext())!;
        Assert.Equal((training.Run, "train"), (dies.Held.Id, dies.Mode));
        await dies.Held.DisposeAsync();       // no word of its end
        Clock.Advance(Runs.Lease * 2);
        await Runs.NoticeDead();
        Assert.Equal(look.Held.Id, Assert.Single(await Book.TakeUp()).TriggeredBy);
        var again = (await Book.ClaimNext())!;
        await using (again.Held)
            await again.Held.End(RunState.Completed);
        Assert.Equal(("train", training.Run), (again.Mode, (await Runs.Get(again.Held.Id)).Resumes));
        var tags = (await Runs.Details(again.Held.Id)).Tags;
        Assert.Equal(("drift", look.Held.Id), (tags["trigger"], tags["triggered_by"]));
        Assert.Empty(await Book.FollowDrift());
        Assert.Null(await Book.ClaimNext());

        await LookAt(drifted: false);
        Assert.Empty(await Book.FollowDrift());
        await LookAt(drifted: true);
        Assert.Single(await Book.FollowDrift());
    }

    [Fact]
    public async Task What_a_later_look_no_longer_found_is_not_trained_on()
    {
        await Book.Put(new("watch", "0 * * * *", CatchUp: CatchUp.All, Overlap: Overlap.Allow) { Mode = "auto" });
        Clock.Advance(TimeSpan.FromHours(2));
        await Book.Plan();
        var (earlier, later) = ((await Book.ClaimNext())!, (await Book.ClaimNext())!);

        await Found(later, drifted: false);
        await Found(earlier, drifted: true);

        Assert.Empty(await Book.FollowDrift());
    }

    [Fact]
    public async Task A_second_scheduler_says_who_leads_and_executes_nothing()
    {
        await Book.Put(new("hourly", "0 * * * *"));
        Clock.Advance(TimeSpan.FromHours(1));
        await using var first = new Loop(Book, Runs, Leader(), _ => { }, Quick);
        await first.Looks(1);
        var news = new ConcurrentQueue<SchedulerNews>();

        await new Scheduler(Book, Runs, Leader(), (_, _) => throw new InvalidOperationException(), Quick with { Once = true }, news: new Reported(news)).Run(TestContext.Current.CancellationToken);

        var said = Assert.Single(news);
        Assert.Equal(("following", $"Process {Environment.ProcessId} on {Environment.MachineName} leads: it executes what is due, and nothing is done here."), (said.What, said.Words));
    }

    [Fact]
    public async Task How_the_work_of_a_run_ends_is_how_the_run_ends()
    {
        await Book.Put(new("minutely", "* * * * *", CatchUp: CatchUp.All, Overlap: Overlap.Queue));
        Clock.Advance(TimeSpan.FromMinutes(3));
        var endings = new Queue<Func<string?>>([() => "fine", () => throw new ProblemException(new("source/missing", "No file.", "Put one there.")), () => throw new InvalidOperationException("bug")]);
        var news = new ConcurrentQueue<SchedulerNews>();
        var scheduler = new Scheduler(Book, Runs, Leader(), (work, _) => Ended(work, endings.Dequeue()()), Quick with { Once = true }, news: new Reported(news));

        await scheduler.Run(TestContext.Current.CancellationToken);

        Assert.Equal(["completed", "failed", "failed"], news.Where(each => each.What is "completed" or "failed").Select(each => each.What));
        var states = new List<RunState>();
        foreach (var due in (await Book.Latest("minutely", 3)).Reverse())
            states.Add((await Runs.Get(due.Run!)).State);
        Assert.Equal([RunState.Completed, RunState.Failed, RunState.Failed], states);
    }

    [Fact]
    public async Task A_stopped_scheduler_leaves_what_is_at_work_to_the_next()
    {
        await Book.Put(new("hourly", "0 * * * *"));
        Clock.Advance(TimeSpan.FromHours(1));
        using var stop = new CancellationTokenSource();
        await new Scheduler(Book, Runs, Leader(), async (_, cancel) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancel);
            return new(RunState.Completed);
        }, Quick).Run(stop.Token);
        var done = new ConcurrentQueue<string>();

        await new Scheduler(Book, Runs, Leader(), (work, _) => Ended(work, Note(done, work.Held.Run.Resumes!)), Quick with { Once = true }).Run(TestContext.Current.CancellationToken);

        Assert.Equal(RunState.Cancelled, (await Runs.Get(Assert.Single(done))).State);
    }

    [Fact]
    public async Task A_backfill_done_again_begins_only_what_failed()
    {
        await Book.Put(new("daily", "0 6 * * *", "Europe/Paris"));
        var (from, until) = (new DateTimeOffset(2025, 10, 24, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2025, 10, 27, 0, 0, 0, TimeSpan.Zero));
        Assert.All(await Book.Backfill("daily", from, until, dry: true), due => Assert.Null(due.Run));
        Assert.Null(await Book.ClaimNext());
        var made = await Book.Backfill("daily", from, until);
        Assert.Equal([24, 25, 26], made.Select(due => due.AsOf!.Value.Day));
        foreach (var end in (RunState[])[RunState.Completed, RunState.Failed, RunState.Completed])
        {
            var work = (await Book.ClaimNext())!;
            await using var held = work.Held;
            await held.End(end);
        }

        var again = Assert.Single(await Book.Backfill("daily", from, until));

        Assert.Equal((made[1].DueAt, made[1].AsOf), (again.DueAt, again.AsOf));
        Assert.Equal(made[1].Run, (await Runs.Get(again.Run!)).Resumes);
        Assert.Empty(await Book.Backfill("daily", from, until));
        await Refused("schedule/window", () => Book.Backfill("daily", from, from.AddHours(1)));
    }

    [Fact]
    public async Task What_passes_while_a_schedule_is_paused_is_let_go()
    {
        await Book.Put(new("hourly", "0 * * * *", CatchUp: CatchUp.All));
        await Book.Pause("hourly", paused: true);
        Clock.Advance(TimeSpan.FromHours(5));
        Assert.Empty(await Book.Plan());
        await Book.Pause("hourly", paused: false);
        Assert.Empty(await Book.Plan());
        Clock.Advance(TimeSpan.FromHours(1));

        Assert.Single(await Book.Plan());
    }

    [Fact]
    public async Task Files_that_changed_and_settled_make_one_run_whoever_sees_them()
    {
        string file = Path.Combine(folder, "a.csv");
        await File.WriteAllTextAsync(file, "1");
        var (mine, others) = (new FileWatch(folder), new FileWatch(folder));
        await Book.Put(new("incoming", null) { Files = "*.csv", Settled = TimeSpan.FromSeconds(30) }, await mine.Digest("*.csv"));
        Assert.Equal(0, await Seen(31));

        await File.WriteAllTextAsync(Path.Combine(folder, "b.csv"), "2");
        Assert.Equal(0, await Seen(1));
        await File.WriteAllTextAsync(Path.Combine(folder, "b.csv"), "2, 3");
        Assert.Equal(0, await Seen(29));
        Assert.Equal(1, await Seen(31));
        Assert.Equal(0, await Seen(31));
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);        // touched, not changed
        Assert.Equal(0, await Seen(31));
        Assert.Equal(0, await Seen(31));
        File.Delete(file);
        Assert.Equal(0, await Seen(1));
        Assert.Equal(1, await Seen(31));

        async Task<int> Seen(int seconds)
        {
            Clock.Advance(TimeSpan.FromSeconds(seconds));
            return (await mine.Look(Book, null, default)).Count + (await others.Look(Book, null, default)).Count;
        }
    }

    // The next look of a schedule, done.
    private async Task<DueWork> LookAt(bool drifted)
    {
        Clock.Advance(TimeSpan.FromHours(1));
        await Book.Plan();
        return await Found((await Book.ClaimNext())!, drifted);
    }

    private static async Task<DueWork> Found(DueWork work, bool drifted)
    {
        await using var held = work.Held;
        await held.Describe(new() { Kind = "score" });
        await held.Record(new() { Metrics = [new("drifted", drifted ? 1 : 0)] });
        await held.End(RunState.Completed);
        return work;
    }

    private Leadership Leader() => new(Store, "scheduler of shop", Quick.Lease);

    private static async Task<DueEnd> Ended(DueWork work, string? words)
    {
        await work.Held.End(RunState.Completed);
        return new(RunState.Completed, words);
    }

    private static string Note(ConcurrentQueue<string> notes, string text)
    {
        notes.Enqueue(text);
        return text;
    }

    private sealed class Reported(ConcurrentQueue<SchedulerNews> news) : IProgress<SchedulerNews>
    {
        public void Report(SchedulerNews value) => news.Enqueue(value);
    }

    // A scheduler at work, that tells how often it looked.
    private sealed class Loop : IAsyncDisposable
    {
        private readonly CancellationTokenSource stop = new();
        private readonly Task running;
        private int looks;

        public Loop(ScheduleBook book, Runs runs, Leadership leader, Action<DueWork> execute, SchedulerOptions options) => running = Task.Run(() => new Scheduler(book, runs, leader, (work, _) =>
        {
            execute(work);
            return Ended(work, null);
        }, options, aside: _ => Task.FromResult(Interlocked.Increment(ref looks))).Run(stop.Token));

        public async Task Looks(int more)
        {
            int until = Volatile.Read(ref looks) + more;
            while (Volatile.Read(ref looks) < until && !running.IsCompleted)
                await Task.Delay(1);
            if (running.IsCompleted)
                await running;
        }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await running;
            stop.Dispose();
        }
    }
}
