using Clientele.Problems;
using Clientele.Storage;
using Clientele.Tracking;
using FsCheck;
using FsCheck.Fluent;

namespace Clientele.Tests.Stores;

public abstract class RunsSuite : StoreSuite
{
    private static readonly RunState[] States = Enum.GetValues<RunState>();

    [Fact]
    public async Task A_run_tells_all_that_was_written_of_it()
    {
        var created = await Runs.Create(new() { Name = "first", Params = new Dictionary<string, string> { ["k"] = "4" }, CodeVersion = "1.0" });
        await using var run = await Runs.Claim(created.Id);
        await run.Plan(["ingest", "segment"]);
        await run.Step("ingest", RunState.Running);
        await run.Log(LogLevel.Information, "3 rows", "ingest");
        Clock.Advance(TimeSpan.FromSeconds(2));
        await run.Step("ingest", RunState.Completed, "3 rows", "key");
        await run.Step("segment", RunState.Cached, "as in 20260101");
        await run.Record(new()
        {
            Tags = new Dictionary<string, string> { ["shop"] = "Köln" },
            Metrics = [new("silhouette", 0.5)],
            Datasets = new Dictionary<string, string> { ["orders.csv"] = "d1" },
            Artifacts = [new("segments.csv", "a1", 10, "ingest")],
            Folder = "runs/1",
        });
        await run.End(RunState.Completed);

        var told = await Runs.Details(run.Id);

        Assert.Equal((RunState.Completed, "first", "training", "runs/1", "1.0"), (told.Run.State, told.Run.Name, told.Run.Experiment, told.Run.Folder, told.Run.CodeVersion));
        Assert.Equal(TimeSpan.FromSeconds(2), told.Run.EndedAt - told.Run.StartedAt);
        Assert.Equal([("ingest", RunState.Completed, 1, "3 rows"), ("segment", RunState.Cached, 0, "as in 20260101")], told.Steps.Select(step => (step.Name, step.State, step.Attempt, step.Detail)));
        Assert.Equal("4", told.Params["k"]);
        Assert.Equal("Köln", told.Tags["shop"]);
        Assert.Equal("d1", told.Datasets["orders.csv"]);
        Assert.Equal([new("segments.csv", "a1", 10, "ingest")], told.Artifacts);
        Assert.Equal(["3 rows", "Completed"], (await Runs.Log(run.Id)).Select(line => line.Text));
        Assert.Equal(("ingest", run.Id, "a1"), (await Runs.Cached("key")) is { } cached ? (cached.Name, cached.Run, cached.Artifacts[0].Digest) : default);
        Assert.Null(await Runs.Cached("another key"));
    }

    [Fact]
    public void A_step_goes_only_where_it_may_and_an_end_is_an_end() =>
        Prop.ForAll(Gen.Elements(States).ArrayOf(8).ToArbitrary(), wanted => Task.Run(async () =>
        {
            await using var run = await Begin("step");
            var at = RunState.Pending;
            foreach (var next in wanted)
            {
                bool may = at.MayBecome(next);
                bool went = await Went(() => run.Step("step", next));
                if (went != may || (at.IsFinal() && went))
                    return false;
                at = may ? next : at;
                if ((await Runs.Details(run.Id)).Steps[0].State != at)
                    return false;
            }
            return true;
        }).GetAwaiter().GetResult()).Holds(cases: 40);

    [Fact]
    public void Every_state_is_an_end_or_leads_to_one()
    {
        foreach (var state in States)
            Assert.Equal(state.IsFinal(), !States.Any(next => state.MayBecome(next)));
    }

    [Fact]
    public async Task Of_many_that_claim_a_run_one_gets_it()
    {
        var run = await Runs.Create(new());

        var claims = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(async () =>
        {
            try
            {
                return await Runs.Claim(run.Id);
            }
            catch (ProblemException held) when (held.Problem.Kind == "runs/held")
            {
                return null;
            }
        })));

        await using var holder = Assert.Single(claims.OfType<HeldRun>());
        await holder.End(RunState.Completed);
    }

    [Fact]
    public async Task A_frozen_worker_that_wakes_after_its_lease_is_refused()
    {
        await using var frozen = await Begin("ingest");
        await frozen.Step("ingest", RunState.Running);
        Clock.Advance(Runs.Lease + TimeSpan.FromMilliseconds(1));

        await Refused("runs/lost", () => frozen.Record(new() { Tags = new Dictionary<string, string> { ["late"] = "yes" } }));
        Assert.Equal([frozen.Id], await Runs.NoticeDead());
        Assert.Empty(await Runs.NoticeDead());
        await Refused("runs/lost", () => frozen.End(RunState.Completed));

        var told = await Runs.Details(frozen.Id);
        Assert.Equal((RunState.Crashed, RunState.Crashed), (told.Run.State, told.Steps[0].State));
        Assert.Empty(told.Tags);
        await Refused("runs/over", () => Runs.Claim(frozen.Id));
    }

    [Fact]
    public async Task A_worker_that_writes_keeps_its_lease()
    {
        await using var run = await Begin();
        for (int i = 0; i < 5; i++)
        {
            Clock.Advance(Runs.Lease - TimeSpan.FromSeconds(1));
            await run.Log(LogLevel.Information, "still here");
        }

        Assert.Empty(await Runs.NoticeDead());
        await run.End(RunState.Completed);
    }

    [Fact]
    public async Task A_run_is_not_completed_while_a_step_is_open()
    {
        await using var run = await Begin("ingest", "segment");
        await run.Step("ingest", RunState.Running);

        await Assert.ThrowsAsync<InvalidOperationException>(() => run.End(RunState.Completed));
        await run.End(RunState.Failed, "no disk");

        var told = await Runs.Details(run.Id);
        Assert.Equal([RunState.Failed, RunState.Cancelled], told.Steps.Select(step => step.State));
        Assert.Equal("no disk", told.Run.Reason);
    }

    [Fact]
    public async Task Cancelling_ends_a_waiting_run_and_asks_a_running_one()
    {
        var waiting = await Runs.Create(new() { Scheduled = true });
        Assert.True(await Runs.Cancel(waiting.Id, "not today"));
        Assert.Equal((RunState.Cancelled, "not today"), await Runs.Get(waiting.Id) is { } run ? (run.State, run.Reason) : default);
        await Refused("runs/over", () => Runs.Cancel(waiting.Id, "again"));

        await using var running = await Begin();
        Assert.False(await Runs.Cancel(running.Id, "stop"));
        await running.End(RunState.Cancelled, "stop");
    }

    [Fact]
    public async Task Params_are_written_once_and_a_refused_batch_leaves_nothing()
    {
        await using var run = await Begin();
        await run.Record(new() { Params = new Dictionary<string, string> { ["k"] = "4" } });
        await run.Record(new() { Params = new Dictionary<string, string> { ["k"] = "4", ["seed"] = "1" } });

        await Refused("runs/param-changed", () => run.Record(new() { Params = new Dictionary<string, string> { ["new"] = "x", ["k"] = "5" }, Tags = new Dictionary<string, string> { ["t"] = "x" } }));
        await Refused("runs/too-long", () => run.Record(new() { Params = new Dictionary<string, string> { ["long"] = new('x', 6_001) } }));

        var told = await Runs.Details(run.Id);
        Assert.Equal(["k", "seed"], told.Params.Keys);
        Assert.Equal("4", told.Params["k"]);
        Assert.Empty(told.Tags);
    }

    [Fact]
    public void Metrics_keep_every_point_and_the_latest_stands() =>
        Prop.ForAll(Points(), points => Task.Run(async () =>
        {
            await using var run = await Begin();
            foreach (var chunk in points.Chunk(3))
                await run.Record(new() { Metrics = chunk });
            var expected = points.OrderBy(p => p.Step).ThenBy(p => p.At).ThenBy(p => p.Value).Select(p => (p.Step, p.At, p.Value)).ToList();
            var history = (await Runs.History(run.Id, "loss")).Select(p => (p.Step, p.At, p.Value));
            var stands = (await Runs.Details(run.Id)).Metrics.Select(p => (p.Step, p.At, p.Value));
            return history.SequenceEqual(expected) && stands.SequenceEqual(expected.TakeLast(1));
        }).GetAwaiter().GetResult()).Holds(cases: 30);

    [Fact]
    public async Task Runs_that_are_part_of_another_stand_under_it()
    {
        await using var study = await Begin();
        string child = await study.AddChild(new() { Name = "k = 3", Kind = "study", Params = new Dictionary<string, string> { ["k"] = "3" } }, new() { Metrics = [new("silhouette", 0.3)] });

        Assert.Equal([child], (await Runs.Details(study.Id)).Children);
        Assert.Equal((study.Id, RunState.Completed), await Runs.Get(child) is { } run ? (run.Parent, run.State) : default);
    }

    [Fact]
    public async Task Ids_that_are_taken_get_a_number()
    {
        Assert.Equal(["a", "a-2", "a-3"], [(await Runs.Create(new() { Id = "a" })).Id, (await Runs.Create(new() { Id = "a" })).Id, (await Runs.Create(new() { Id = "a" })).Id]);
        await Refused("runs/unknown", () => Runs.Get("b"));
    }

    [Fact]
    public async Task A_store_that_is_opened_again_has_what_was_written()
    {
        string id = (await Runs.Create(new())).Id;

        var opened = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Store.Open(Address, Clock))));

        foreach (var store in opened)
        {
            Assert.Equal(id, (await new Runs(store).Get(id)).Id);
            await store.DisposeAsync();
        }
    }

    private static Arbitrary<MetricPoint[]> Points()
    {
        var moment = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var point = from step in Gen.Choose(0, 3)
                    from ms in Gen.Choose(0, 3)
                    from value in Gen.Elements(double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.5, 0, 1e-300, 1e300, double.MaxValue, double.Epsilon)
                    select new MetricPoint("loss", value, step, moment.AddMilliseconds(ms));
        return point.NonEmptyListOf().Select(list => list.Take(12).ToArray()).ToArbitrary();
    }

    private static async Task<bool> Went(Func<Task> move)
    {
        try
        {
            await move();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
