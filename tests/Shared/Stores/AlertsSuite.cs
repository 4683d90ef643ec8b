using Clientele.Alerts;
using Clientele.Registry;
using Clientele.Settings;
using Clientele.Tests.Receivers;
using Clientele.Tracking;

namespace Clientele.Tests.Stores;

/// <summary>What is told, to whom, and how often.</summary>
public abstract class AlertsSuite : StoreSuite
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private readonly string folder = Directory.CreateTempSubdirectory("clientele-alerts-").FullName;
    private readonly HttpReceiver receiver = new();

    protected AlertsSuite() => File.WriteAllText(Path.Combine(folder, "secret"), Secret);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        receiver.Dispose();
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_run_that_failed_or_crashed_is_told_once_to_those_who_want_it_whoever_looks()
    {
        var quiet = Webhook("quiet") with { On = [AlertSettings.Promotion] };
        Assert.Empty(await Post(Webhook(), quiet).Deliver());
        var (failed, crashed, fine) = (await Run("shop", "segment"), await Run("shop"), await Run("shop"));
        await using (var other = await Run("other"))
            await other.End(RunState.Failed, "elsewhere");
        await failed.End(RunState.Failed, "customer 12345 has no orders");
        await fine.End(RunState.Completed);
        await failed.DisposeAsync();
        await fine.DisposeAsync();
        await crashed.DisposeAsync();
        Clock.Advance(Runs.Lease * 2);
        await Runs.NoticeDead();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Post(Webhook(), quiet).Deliver())));
        Clock.Advance(TimeSpan.FromHours(30));
        await Post(Webhook(), quiet).Deliver();

        Assert.Equal(["run.crashed", "run.failed"], receiver.Calls.Select(call => Field(call, "type")).Order(StringComparer.Ordinal));
        var told = receiver.Calls.Single(call => Field(call, "type") == "run.failed");
        Assert.Contains(failed.Id, told.Body, StringComparison.Ordinal);
        Assert.Contains("segment", told.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("12345", told.Body, StringComparison.Ordinal);       // what a run ended with may name a customer
        Assert.All(await Post(Webhook()).Outbox.Latest(10), delivery => Assert.Equal((AlertState.Sent, "hook"), (delivery.State, delivery.Channel)));
    }

    [Fact]
    public async Task Every_move_of_the_champion_is_told()
    {
        await Store.Write(async session =>
        {
            var by = new Act("tester", "because");
            await AuditTrail.Append(session, by, AuditActions.Registered, "shop", 1);
            await AuditTrail.Append(session, by, AuditActions.Moved, "shop", 1, ModelRegistry.Champion);
            await AuditTrail.Append(session, by, AuditActions.Moved, "shop", 2, ModelRegistry.Challenger);
            await AuditTrail.Append(session, by, AuditActions.Moved, "other", 1, ModelRegistry.Champion);
        }, default);
        await Post(Webhook()).Deliver();
        Assert.Equal("model.promoted", Field(Assert.Single(receiver.Calls), "type"));
        await Store.Write(session => AuditTrail.Append(session, new("tester", "because"), AuditActions.RolledBack, "shop", 1, ModelRegistry.Champion), default);
        await Post(Webhook()).Deliver();
        await Post(Webhook()).Deliver();

        Assert.Equal(["model.promoted", "model.rolled_back"], receiver.Calls.Select(call => Field(call, "type")));
    }

    [Fact]
    public async Task Drift_is_told_once_until_it_worsens_or_went_and_comes_back_or_another_model_is_champion()
    {
        foreach (var (share, model, told) in ((double, string, bool)[])
        [
            (0.2, "a", false), (0.5, "a", true), (0.5, "a", false), (0.7, "a", false), (0.8, "a", true), (0.6, "a", false), (0.9, "a", false), (1, "a", true), (0.6, "a", false),
            (0.1, "a", false), (0.6, "a", true), (0.6, "b", true), (0.7, "b", false), (0.7, "a", false), (0.3, "b", false), (0.8, "b", true),
        ])
        {
            int before = receiver.Calls.Count;
            await Scored(share, model);
            await Post(Webhook()).Deliver();
            await Post(Webhook()).Deliver();
            Assert.Equal((share, model, told), (share, model, receiver.Calls.Count > before));
            Clock.Advance(TimeSpan.FromHours(7));
        }
        Assert.Equal(6, receiver.Calls.Count);
        Assert.All(receiver.Calls, call => Assert.Equal("drift.found", Field(call, "type")));
    }

    [Fact]
    public async Task Drift_that_lasts_for_longer_than_alerts_are_kept_is_told_once_to_whoever_looks()
    {
        for (int day = 0; day < 40; day++)
        {
            await Scored(0.6, "a");
            await Post(Webhook()).Deliver();
            Clock.Advance(TimeSpan.FromDays(1));
        }
        await Scored(0.6, "a");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Post(Webhook()).Deliver())));

        Assert.Contains("at 75", Assert.Single(receiver.Calls).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drift_that_began_before_anybody_was_to_be_told_is_told_with_the_next_run()
    {
        await Scored(0.8, "a");
        await Post().Deliver();
        Clock.Advance(TimeSpan.FromDays(3));
        await Scored(0.6, "a");
        await Post(Webhook()).Deliver();
        await Scored(0.6, "a");
        await Post(Webhook()).Deliver();

        Assert.Single(receiver.Calls);
    }

    [Fact]
    public async Task A_receiver_that_was_away_for_a_day_gets_it_once_under_the_same_id()
    {
        await Tell();
        receiver.Answer = 500;
        for (int hour = 0; hour < 24; hour++)
        {
            await Post(Webhook()).Deliver();
            Clock.Advance(TimeSpan.FromHours(1));
        }
        var waiting = Assert.Single(await Post(Webhook()).Outbox.Latest(10));
        Assert.Equal((AlertState.Waiting, "It answered 500."), (waiting.State, waiting.Error));
        int tried = receiver.Calls.Count;
        receiver.Answer = 204;
        for (int hour = 0; hour < 48; hour++)
        {
            await Post(Webhook()).Deliver();
            Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(tried + 1, receiver.Calls.Count);
        Assert.Equal(waiting.Alert.Id, Assert.Single(receiver.Calls.Select(call => call.Headers["webhook-id"]).Distinct()));
    }

    [Fact]
    public async Task A_receiver_that_never_comes_back_is_given_up_after_three_days_and_shown()
    {
        await Tell();
        var nobody = Webhook() with { Url = "http://127.0.0.1:9/" };
        for (int hour = 0; hour < 100; hour++)
        {
            await Post(nobody).Deliver();
            Clock.Advance(TimeSpan.FromHours(1));
        }

        var delivery = Assert.Single(await Post(nobody).Outbox.Latest(10));
        Assert.Equal((AlertState.GivenUp, 10), (delivery.State, delivery.Attempts));
    }

    [Fact]
    public async Task A_receiver_that_asks_for_time_gets_it()
    {
        await Tell();
        (receiver.Answer, receiver.Header) = (429, ("Retry-After", "7200"));
        await Post(Webhook()).Deliver();
        Assert.Single(receiver.Calls);
        Clock.Advance(TimeSpan.FromMinutes(119));
        Assert.Empty(await Post(Webhook()).Deliver());
        Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Single(await Post(Webhook()).Deliver());
    }

    private Task Tell() => Post(Webhook()).Outbox.Add(new(Alert.IdOf("shop", "x", Clock.GetUtcNow()), AlertTypes.RunFailed, Clock.GetUtcNow(), "It failed.", new Dictionary<string, string>()), [Webhook()]);

    private AlertPost Post(params AlertSettings[] channels) => new(Store, "shop", folder, channels);

    private AlertSettings Webhook(string name = "hook") => new(name, AlertSettings.Webhook, [AlertSettings.Failure, AlertSettings.Drift, AlertSettings.Promotion]) { Url = receiver.Address, SecretFile = "secret", AllowPrivate = true };

    private async Task<HeldRun> Run(string shop, params string[] steps)
    {
        var run = await Runs.Claim((await Runs.Create(new() { Experiment = shop })).Id);
        await run.Plan(steps);
        foreach (string step in steps)
            await run.Step(step, RunState.Running);
        return run;
    }

    // A run that scored with a model, half of whose features or more count as drift.
    private async Task Scored(double share, string model)
    {
        await using var run = await Run("shop");
        await run.Record(new() { Params = new Dictionary<string, string> { ["model_digest"] = model }, Metrics = [new("drifted", share >= 0.5 ? 1 : 0), new("drift_share", share)] });
        await run.End(RunState.Completed);
    }

    private static string Field(ReceivedCall call, string name) => System.Text.Json.JsonDocument.Parse(call.Body).RootElement.GetProperty(name).GetString()!;
}
