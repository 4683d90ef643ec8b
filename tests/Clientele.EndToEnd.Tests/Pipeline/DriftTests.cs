using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Clientele.Pipeline;
using Clientele.Tests.Cli;
using Clientele.Tests.Receivers;
using Clientele.Tracking;

namespace Clientele.Tests.Pipeline;

/// <summary>Customers who are no longer like those that the champion was learnt from, and what comes of that.</summary>
public sealed partial class DriftTests
{
    [Fact]
    public async Task Shifted_orders_are_found_told_and_trained_on_and_unchanged_ones_are_not()
    {
        using var receiver = new HttpReceiver();
        using var shop = await SmallShop.Create(customers: 150);
        shop.Change("cutoffs: 3", "cutoffs: 1");
        File.AppendAllText(shop["clientele.yaml"], $"alerts:\n  - {{name: team, kind: slack, on: [drift], url: \"{receiver.Address}\", allow_private: true}}\n");
        Assert.Equal((false, true), await Auto(shop));       // no champion yet: it is trained
        var (drifted, trained) = await Auto(shop);
        Assert.Equal((false, false), (drifted, trained));
        await CliProcess.Succeed(shop.Folder, "schedule", "add", "incoming", "--files", "orders.csv", "--settled", "0", "--mode", "auto", "-w", "shop");

        BuyThreeTimesAsMuch(shop["orders.csv"]);
        await KillTraining(shop);
        await CliProcess.Succeed(shop.Folder, "schedule", "serve", "--once", "--quiet", "-w", "shop");

        var all = await shop.Runs();
        var runs = all.Where(run => run.State == RunState.Completed).ToList();
        Assert.Equal(["train", "score", "score", "train"], runs.Select(run => run.Kind));
        Assert.Equal(all.Where(run => run.State == RunState.Crashed).Select(run => run.Id), runs[0].Resumes is { } killed ? [killed] : []);
        Assert.Equal(4 + (runs[0].Resumes is null ? 0 : 1), all.Count);
        await using (var store = await WorkspaceStore.Open(shop[""], TimeProvider.System))
        {
            var tags = (await store.Runs.Details(runs[0].Id)).Tags;
            Assert.Equal(("drift", runs[1].Id, "incoming"), (tags["trigger"], tags["triggered_by"], tags["schedule"]));
            var found = await store.Runs.Details(runs[1].Id);
            var metrics = found.Metrics.ToDictionary(metric => metric.Key, metric => metric.Value);
            Assert.Equal((1, true), (metrics["drifted"], metrics["drift_share"] >= 0.5));
            Assert.True(metrics["drift.spend"] > 0.05 && metrics["drift.recency_days"] == 0);
            Assert.Contains(found.Artifacts, file => file.Path == "drift.json");
            Assert.Equal([0.0], (await store.Runs.History(runs[2].Id, "drifted")).Select(point => point.Value));
        }
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(shop["runs", runs[1].Id, "drift.json"]));
        var spend = report.RootElement.GetProperty("columns").EnumerateArray().Single(column => column.GetProperty("name").GetString() == "spend");
        Assert.Equal(("kolmogorov_smirnov", true), (spend.GetProperty("test").GetString(), spend.GetProperty("drifted").GetBoolean()));
        Assert.Contains(runs[1].Id, Assert.Single(receiver.Calls).Body, StringComparison.Ordinal);

        // The new model knows these customers.
        await CliProcess.Succeed(shop.Folder, "models", "promote", "2", "--force", "--reason", "they buy more", "-w", "shop");
        Assert.Equal((false, false), await Auto(shop));
        Assert.Single(receiver.Calls);
    }

    [Fact]
    public async Task What_counts_as_drift_is_a_setting_and_only_the_comparison_is_done_again_when_it_changes()
    {
        using var shop = await SmallShop.Create(customers: 100);
        shop.Change("cutoffs: 3", "cutoffs: 1");
        await shop.Run();
        BuyThreeTimesAsMuch(shop["orders.csv"]);
        shop.Change("  share: 0.5", "  share: 1");
        Assert.Equal((false, false), await Auto(shop));
        shop.Change("  share: 1", "  share: 0.1");
        Assert.Equal(["drift"], await Planned(shop));

        Assert.Equal((true, true), await Auto(shop));
    }

    // A scheduler that is killed when it has begun to train because customers have drifted.
    private static async Task KillTraining(SmallShop shop)
    {
        using var scheduler = shop.Start("schedule", "serve", "--quiet", "-w", "shop");
        while (await shop.Runs() is not [{ Kind: "train", State: not RunState.Scheduled }, { Kind: "score" }, { Kind: "score" }, ..])
        {
            Assert.False(scheduler.HasExited);
            await Task.Delay(20);
        }
        scheduler.Kill();
        await scheduler.WaitForExitAsync();
    }

    // Whether customers had drifted, and whether a model was trained.
    private static async Task<(bool Drifted, bool Trained)> Auto(SmallShop shop)
    {
        using var done = JsonDocument.Parse(await CliProcess.Succeed(shop.Folder, "run", "shop", "--mode", "auto", "--json"));
        var scored = done.RootElement.GetProperty("scored");
        return (scored.ValueKind == JsonValueKind.Object && scored.GetProperty("drift").GetProperty("drifted").GetBoolean(), done.RootElement.GetProperty("trained").ValueKind == JsonValueKind.Object);
    }

    private static async Task<IEnumerable<string?>> Planned(SmallShop shop)
    {
        var plan = JsonDocument.Parse(await CliProcess.Succeed(shop.Folder, "run", "shop", "--mode", "auto", "--dry-run", "--json")).RootElement;
        return plan.GetProperty("steps").EnumerateArray().Where(step => !step.GetProperty("cached").GetBoolean()).Select(step => step.GetProperty("step").GetString());
    }

    private static void BuyThreeTimesAsMuch(string orders) => File.WriteAllText(orders, Quantity().Replace(File.ReadAllText(orders), quantity => $",{3 * int.Parse(quantity.Groups[1].Value, CultureInfo.InvariantCulture)},"));

    [GeneratedRegex(@",(-?\d+),(?=\d{4}-\d\d-\d\d)")]
    private static partial Regex Quantity();
}
