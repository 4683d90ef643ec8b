using System.Text;
using Clientele.Tests.Cli;

namespace Clientele.Tests.Serving;

/// <summary>The real program serves, and executes what schedules make due.</summary>
public sealed class SchedulesWhileServingTests(TrainedShop shop) : IClassFixture<TrainedShop>
{
    [Fact]
    public async Task A_due_run_trains_beside_the_service_its_champion_takes_over_and_no_request_fails()
    {
        await using var served = await ServedProgram.Start(shop.Folder);
        string asked = await served.Asked();
        long before = (await served.Get("/ready")).Body.GetProperty("model_version").GetInt64();
        using var over = new CancellationTokenSource();
        var load = Enumerable.Range(0, 2).Select(_ => Load(served, asked, over.Token)).ToList();

        await CliProcess.Succeed(shop.Home, "schedule", "add", "incoming", "--files", "orders.csv", "--settled", "0", "--workspace", "shop");
        string orders = shop["orders.csv"];
        string[] lines = await File.ReadAllLinesAsync(orders, TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(orders, lines[..^20], TestContext.Current.CancellationToken);

        await served.Until(async () => (await served.Get("/ready")).Body.GetProperty("model_version").GetInt64() > before);
        await served.Until(async () => await served.Metric("clientele_pipeline_runs_total{pipeline=\"incoming\",state=\"completed\"}") == 1);
        Assert.True(await served.Metric("clientele_pipeline_last_success_timestamp_seconds{pipeline=\"incoming\"}") > 1.7e9);
        Assert.Equal(1, await served.Metric("clientele_scheduler_up"));
        Assert.Equal(0, await served.Metric("clientele_scheduler_failures_total"));
        Assert.Single(served.Children());
        await over.CancelAsync();
        Assert.All(await Task.WhenAll(load), answered => Assert.True(answered > 0));
    }

    [Fact]
    public async Task A_scheduler_that_dies_is_started_again_and_requests_are_answered_meanwhile()
    {
        await CliProcess.Succeed(shop.Home, "schedule", "add", "yearly", "--cron", "0 0 1 1 *", "--catch-up", "none", "--workspace", "shop");
        await using var served = await ServedProgram.Start(shop.Folder);
        string asked = await served.Asked();
        await served.Until(async () => await served.Metric("clientele_scheduler_up") == 1);
        int first = Assert.Single(served.Children());
        using var over = new CancellationTokenSource();
        var load = Load(served, asked, over.Token);

        await ServedProgram.Signal("KILL", first);

        await served.Until(async () => await served.Metric("clientele_scheduler_failures_total") == 1 && served.Children() is [var next] && next != first);
        await served.Until(() => Task.FromResult(served.Log.Contains("exit code 137", StringComparison.Ordinal)));
        await over.CancelAsync();
        Assert.True(await load > 0);

        int last = Assert.Single(served.Children());
        await served.Signal("TERM");
        Assert.Equal(0, await served.Ended());
        Assert.False(Directory.Exists($"/proc/{last}"));
    }

    [Fact]
    public async Task Killed_it_leaves_no_scheduler_behind()
    {
        await CliProcess.Succeed(shop.Home, "schedule", "add", "never", "--cron", "0 0 29 2 *", "--catch-up", "none", "--workspace", "shop");
        await using var served = await ServedProgram.Start(shop.Folder);
        await served.Until(() => Task.FromResult(served.Children().Count == 1));
        int scheduler = served.Children()[0];

        await served.Signal("KILL");
        await served.Ended();

        for (int attempt = 0; attempt < 6_000 && Directory.Exists($"/proc/{scheduler}"); attempt++)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.False(Directory.Exists($"/proc/{scheduler}"));
    }

    [Fact]
    public async Task Without_a_scheduler_there_is_none()
    {
        await CliProcess.Succeed(shop.Home, "schedule", "add", "weekly", "--cron", "0 0 * * 1", "--catch-up", "none", "--workspace", "shop");
        await using var served = await ServedProgram.Start(shop.Folder, "--no-scheduler");

        // A service that has one, or will have, says from its start whether it is at work.
        Assert.Null(await served.Metric("clientele_scheduler_up"));
        Assert.Empty(served.Children());
    }

    private static async Task<int> Load(ServedProgram served, string asked, CancellationToken over)
    {
        int answered = 0;
        for (; !over.IsCancellationRequested; answered++)
        {
            using var content = new StringContent(asked, Encoding.UTF8, "application/json");
            using var response = await served.Http.PostAsync(new Uri("/api/v1/predict", UriKind.Relative), content, CancellationToken.None);
            Assert.Equal(200, (int)response.StatusCode);
            await Task.Delay(5, CancellationToken.None);
        }
        return answered;
    }
}
