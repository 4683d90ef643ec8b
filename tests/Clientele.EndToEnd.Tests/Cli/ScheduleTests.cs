using System.Text.Json;

namespace Clientele.Tests.Cli;

public sealed class ScheduleTests
{
    [Fact]
    public async Task A_schedule_is_added_looked_at_filled_executed_paused_and_removed()
    {
        using var folder = new TempFolder();
        await CliProcess.Succeed(folder.Path, "data", "generate", ".", "--customers", "200", "--quiet");
        await CliProcess.Succeed(folder.Path, "init", "shop", "--source", "orders.csv");
        string yaml = await File.ReadAllTextAsync(folder["shop", "clientele.yaml"]);
        await File.WriteAllTextAsync(folder["shop", "clientele.yaml"], yaml.Replace("resamples: 50", "resamples: 3", StringComparison.Ordinal).Replace("cutoffs: 3", "cutoffs: 1", StringComparison.Ordinal));

        Assert.Contains("clientele schedule add", await In("list"), StringComparison.Ordinal);
        Assert.Contains("Would add 'monthly'", await In("add", "monthly", "--cron", "0 6 1 * *", "--zone", "Europe/Paris", "--dry-run"), StringComparison.Ordinal);
        Assert.Contains("clientele schedule add", await In("list"), StringComparison.Ordinal);
        await In("add", "monthly", "--cron", "0 6 1 * *", "--zone", "Europe/Paris");
        await Refused("schedule/exists", "add", "monthly", "--cron", "0 7 1 * *");
        Assert.Equal(3, (await In("preview", "monthly", "--count", "2")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        var days = JsonDocument.Parse(await CliProcess.Succeed(folder.Path, "runs", "list", "-w", "shop", "--json")).RootElement;
        Assert.Equal(0, days.GetProperty("runs").GetArrayLength());
        string[] window = ["backfill", "monthly", "--from", "2024-10-15", "--to", "2024-12-15"];
        Assert.Contains("2 runs would be made", await In([.. window, "--dry-run"]), StringComparison.Ordinal);
        var made = JsonDocument.Parse(await In([.. window, "--json"])).RootElement.EnumerateArray().ToList();
        Assert.Equal(["2024-11-01", "2024-12-01"], made.Select(run => run.GetProperty("as_of").GetString()));
        await In("serve", "--once", "--quiet");

        using var run = JsonDocument.Parse(await CliProcess.Succeed(folder.Path, "runs", "show", made[1].GetProperty("run").GetString()!, "-w", "shop", "--json"));
        Assert.Equal("completed", run.RootElement.GetProperty("run").GetProperty("state").GetString());
        Assert.Contains("already", await In(window), StringComparison.Ordinal);

        Assert.Contains("paused", await In("pause", "monthly"), StringComparison.Ordinal);
        Assert.Contains("paused", await In("list"), StringComparison.Ordinal);
        await In("resume", "monthly");
        await In("remove", "monthly");
        await Refused("schedule/unknown", "preview", "monthly");

        Task<string> In(params string[] words) => CliProcess.Succeed(folder.Path, ["schedule", .. words, "--workspace", "shop"]);

        async Task Refused(string kind, params string[] words)
        {
            var result = await CliProcess.Run(folder.Path, ["schedule", .. words, "--workspace", "shop"]);
            Assert.Equal(1, result.ExitCode);
            Assert.Contains(kind is "schedule/exists" ? "already" : "no schedule", result.Error, StringComparison.Ordinal);
        }
    }
}
