using System.Diagnostics;
using System.Globalization;
using Clientele.Pipeline;
using Clientele.Schedules;

namespace Clientele.Tests.Operations;

/// <summary>What becomes of the service when there is something wrong with its scheduler; with a sound one, see the end-to-end tests.</summary>
public sealed class SchedulerTests
{
    [Theory]
    [InlineData("/bin/false")]
    [InlineData("/nowhere/clientele")]
    public async Task A_scheduler_that_fails_is_tried_again_and_the_service_answers(string program)
    {
        await using var shop = await ServedShop.Start(options: asked => asked with { Scheduler = [program] });
        Assert.Equal(0, await shop.Metric("clientele_scheduler_failures_total"));       // nothing is due ever

        await using (var store = await WorkspaceStore.Open(shop.Folder, TimeProvider.System))
            await store.Schedules.Put(new Schedule("yearly", "0 0 1 1 *"), null);

        await ServedShop.Until(async () => await shop.Metric("clientele_scheduler_failures_total") >= 2);
        Assert.Equal(200, (await shop.Post("/api/v1/predict", new { features = Predictions.PredictionTests.Named(shop, Bundles.Customers(10, 1, 3).Row(0)) })).Status);
    }

    [Theory]
    [InlineData("", 10, "SCHED_OTHER")]
    [InlineData("serve: {scheduler_nice: 0}\n", 0, "SCHED_OTHER")]
    [InlineData("serve: {scheduler_nice: idle}\n", 0, "SCHED_IDLE")]
    public async Task It_yields_the_processors_as_far_as_the_settings_say(string settings, int further, string policy)
    {
        await using var shop = await ServedShop.Start(settings: settings, options: asked => asked with { Scheduler = ["/bin/sh", "-c", $"{{ nice; chrt -p $$; }} > '{asked.Workspace}/how.new'; mv '{asked.Workspace}/how.new' '{asked.Workspace}/how'; cat"] });
        await using (var store = await WorkspaceStore.Open(shop.Folder, TimeProvider.System))
            await store.Schedules.Put(new Schedule("yearly", "0 0 1 1 *"), null);
        string how = Path.Combine(shop.Folder, "how");

        await ServedShop.Until(() => Task.FromResult(File.Exists(how)));

        using var nice = Process.Start(new ProcessStartInfo("nice") { RedirectStandardOutput = true })!;
        int own = int.Parse(await nice.StandardOutput.ReadToEndAsync(), CultureInfo.InvariantCulture);
        string[] said = await File.ReadAllLinesAsync(how);
        Assert.Equal(Math.Min(19, own + further), int.Parse(said[0], CultureInfo.InvariantCulture));
        Assert.EndsWith(policy, said[1], StringComparison.Ordinal);
    }
}
