using System.Text.Json;
using Clientele.Tests.Cli;
using Clientele.Tracking;

namespace Clientele.Tests.Pipeline;

/// <summary>Runs that assign with the champion, and deleting runs.</summary>
public sealed class ScoreTests
{
    [Fact]
    public async Task A_scoring_run_gives_what_predict_gives_fits_nothing_and_is_cached_until_the_champion_changes()
    {
        using var shop = await SmallShop.Create(customers: 150);
        Assert.Contains("There is no model", (await CliProcess.Run(shop.Folder, "run", "shop", "--mode", "score")).Error, StringComparison.Ordinal);
        await shop.Run();
        await shop.Run("--seed", "7");
        await CliProcess.Succeed(shop.Folder, "models", "promote", "--force", "--reason", "tried", "-w", "shop");

        using var scored = JsonDocument.Parse(await CliProcess.Succeed(shop.Folder, "run", "shop", "--mode", "score", "--json"));

        await CliProcess.Succeed(shop.Folder, "predict", "shop", "--orders", "shop/orders.csv", "--out", "predicted.csv", "--quiet");
        Assert.Equal(File.ReadAllText(Path.Combine(shop.Folder, "predicted.csv")), File.ReadAllText(shop["runs", "latest-score", "segments.csv"]));
        Assert.Equal((2, 150), (scored.RootElement.GetProperty("scored").GetProperty("version").GetInt32(), scored.RootElement.GetProperty("scored").GetProperty("customers").GetInt32()));
        var run = (await shop.Runs())[0];
        Assert.Equal(("score", RunState.Completed), (run.Kind, run.State));
        Assert.Equal(["ingest", "clean", "score", "drift"], (await shop.Steps(run.Id)).Select(step => step.Name));

        string again = await CliProcess.Succeed(shop.Folder, "run", "shop", "--mode", "score", "--dry-run");
        Assert.DoesNotContain("would be done", again, StringComparison.Ordinal);
        await CliProcess.Succeed(shop.Folder, "models", "rollback", "--reason", "back", "-w", "shop");
        Assert.Matches("score +would be done", await CliProcess.Succeed(shop.Folder, "run", "shop", "--mode", "score", "--dry-run"));
    }

    [Fact]
    public async Task Runs_that_nothing_needs_are_deleted_with_their_files_and_no_others()
    {
        using var shop = await SmallShop.Create(customers: 100);
        await shop.Run();
        string trained = await shop.LastRun();
        await CliProcess.Succeed(shop.Folder, "run", "shop", "--mode", "score", "--quiet");
        string scored = await shop.LastRun();

        Assert.Contains($"Would delete {scored}", await CliProcess.Succeed(shop.Folder, "runs", "delete", scored, "--dry-run", "-w", "shop"), StringComparison.Ordinal);
        Assert.True(Directory.Exists(shop["runs", scored]));
        Assert.Contains("may be used", (await CliProcess.Run(shop.Folder, "runs", "delete", scored, trained, "-w", "shop")).Error, StringComparison.Ordinal);
        Assert.Equal([scored, trained], (await shop.Runs()).Select(run => run.Id));

        await CliProcess.Succeed(shop.Folder, "runs", "delete", scored, "-w", "shop");

        Assert.Equal([trained], (await shop.Runs()).Select(run => run.Id));
        Assert.Equal([trained, "latest", "latest-lifetime"], Directory.EnumerateFileSystemEntries(shop["runs"]).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }
}
