using Clientele.Schedules;
using Clientele.Storage;
using Clientele.Tracking;

namespace Clientele.Tests.Stores;

public abstract class SchedulesSuite : StoreSuite
{
    private ScheduleBook Book => new(Store, "shop");

    /// <summary>1,000 due instants, two schedulers that look at once, leaders that die after planning or with a run in their hands: every instant is begun once.</summary>
    [Fact]
    public async Task Two_schedulers_begin_every_due_run_exactly_once()
    {
        await Book.Put(new("minutely", "* * * * *", CatchUp: CatchUp.All, Overlap: Overlap.Allow));
        await using var other = await Store.Open(Address, Clock);
        var begun = new List<string>();
        var random = new Random(4);
        for (int look = 0; look < 100; look++)
        {
            Clock.Advance(TimeSpan.FromMinutes(10));
            var work = await Task.WhenAll(((Store[])[Store, other]).Select(store => (Store: store, Dies: random.Next(4), Seed: random.Next())).Select(leader => Task.Run(() => Lead(leader.Store, leader.Dies, leader.Seed))));
            begun.AddRange(work.SelectMany(ids => ids));
        }
        begun.AddRange(await Lead(Store, dies: 3, seed: 0));
        Clock.Advance(Runs.Lease * 2);
        await Runs.NoticeDead();

        Assert.Equal(1_000, begun.Count);
        var ended = new List<RunRow>();
        for (string? after = null; ;)
        {
            var page = await Runs.Find(new() { Limit = 5_000, After = after, Show = [RunField.Parse("tags.due_at")] });
            ended.AddRange(page.Rows);
            if ((after = page.Next) is null)
                break;
        }
        Assert.Equal(1_000, ended.Select(row => row.Shown[0]).Distinct().Count());
        Assert.Equal(begun.Order(StringComparer.Ordinal), ended.Select(row => row.Run.Id).Order(StringComparer.Ordinal));
        Assert.All(ended, row => Assert.True(row.Run.State is RunState.Completed or RunState.Crashed));
        Assert.Contains(ended, row => row.Run.State == RunState.Crashed);
    }

    [Fact]
    public async Task A_clock_set_back_neither_loses_a_due_run_nor_makes_one_twice()
    {
        await Book.Put(new("hourly", "0 * * * *", CatchUp: CatchUp.All, Overlap: Overlap.Allow));
        var due = new List<DateTimeOffset>();
        foreach (int minutes in (int[])[61, 60, -60, 30, 45, 60, -120, 60, 60, 61])
        {
            Clock.Advance(TimeSpan.FromMinutes(minutes));
            due.AddRange((await Book.Plan()).Select(run => run.DueAt));
        }

        Assert.Equal(Enumerable.Range(9, due.Count), due.Select(at => at.Hour));
        Assert.Equal(Clock.GetUtcNow().Hour, due[^1].Hour);
    }

    [Theory, InlineData(CatchUp.None, 0), InlineData(CatchUp.Last, 1), InlineData(CatchUp.All, 5)]
    public async Task What_passed_while_nobody_looked_is_made_up_for_as_the_policy_says(CatchUp policy, int runs)
    {
        await Book.Put(new("hourly", "0 * * * *", CatchUp: policy, Overlap: Overlap.Allow));
        Clock.Advance(TimeSpan.FromMinutes(5 * 60 + 30));

        Assert.Equal(runs, (await Book.Plan()).Count);
        Assert.Empty(await Book.Plan());
        Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Single(await Book.Plan());
    }

    [Fact]
    public async Task What_is_due_while_an_earlier_run_is_at_work_is_skipped_queued_or_begun()
    {
        foreach (var overlap in Enum.GetValues<Overlap>())
            await Book.Put(new($"{overlap}", "0 * * * *", CatchUp: CatchUp.All, Overlap: overlap));
        Clock.Advance(TimeSpan.FromMinutes(61));
        await Book.Plan();
        var held = new List<HeldRun>();
        while (await Book.ClaimNext() is { } work)
            held.Add(work.Held);
        Clock.Advance(TimeSpan.FromSeconds(-30));        // the leases last
        await Store.Write(session => session.Execute("UPDATE runs SET lease_until = lease_until + 7200000"), default);
        Clock.Advance(TimeSpan.FromMinutes(60));

        var second = await Book.Plan();

        Assert.Equal(3, held.Count);
        Assert.Equal(["Skip"], second.Where(run => run.Run is null).Select(run => run.Schedule));
        await using var allowed = (await Book.ClaimNext())?.Held;
        Assert.Equal("Allow", allowed!.Run.Name);
        Assert.Null(await Book.ClaimNext());
        foreach (var run in held)
        {
            await run.End(RunState.Completed);
            await run.DisposeAsync();
        }
        await using var queued = (await Book.ClaimNext())?.Held;
        Assert.Equal("Queue", queued!.Run.Name);
    }

    [Fact]
    public async Task A_window_is_filled_once_in_its_order()
    {
        await Book.Put(new("daily", "0 6 * * *", "Europe/Paris"));
        var (from, until) = (new DateTimeOffset(2025, 10, 24, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2025, 10, 28, 0, 0, 0, TimeSpan.Zero));

        var made = await Book.Backfill("daily", from, until);

        Assert.Equal(["24 04:00", "25 04:00", "26 05:00", "27 05:00"], made.Select(run => run.DueAt.ToString("dd HH:mm", null)));
        Assert.Empty(await Book.Backfill("daily", from, until));
        await using (var first = (await Book.ClaimNext())?.Held)
        {
            Assert.Equal(made[0].Run, first!.Id);
            Assert.Null(await Book.ClaimNext());
            await first.End(RunState.Failed, "no orders");
        }
        await using var second = (await Book.ClaimNext())?.Held;
        Assert.Equal(made[1].Run, second!.Id);
        await Refused("schedule/unknown", () => Book.Backfill("weekly", from, until));
        await Refused("schedule/zone", () => Book.Put(new("x", "0 6 * * *", "Mars/Olympus")));
    }

    // dies 0: after planning; 1: with a run in its hands; else it lives.
    private static async Task<List<string>> Lead(Store store, int dies, int seed)
    {
        var (book, begun, random) = (new ScheduleBook(store, "shop"), new List<string>(), new Random(seed));
        await book.Plan();
        while (dies != 0 && (await book.ClaimNext())?.Held is { } run)
        {
            begun.Add(run.Id);
            if (dies == 1 && random.Next(3) == 0)
            {
                await run.DisposeAsync();       // no word of its end
                return begun;
            }
            await run.End(RunState.Completed);
            await run.DisposeAsync();
        }
        return begun;
    }
}
