using System.Text.Json;

namespace Clientele.Tests.Cli;

public sealed class RunsAndModelsTests
{
    [Fact]
    public async Task Runs_and_models_of_a_workspace_are_found_compared_promoted_and_rolled_back()
    {
        using var folder = new TempFolder();
        await CliProcess.Succeed(folder.Path, "data", "generate", ".", "--customers", "300", "--quiet");
        await CliProcess.Succeed(folder.Path, "init", "shop", "--source", "orders.csv");
        Assert.Contains("clientele run", await In("runs", "list"), StringComparison.Ordinal);
        Assert.Contains("clientele run", await In("models", "list"), StringComparison.Ordinal);
        await CliProcess.Succeed(folder.Path, "run", "shop", "--quiet");
        await CliProcess.Succeed(folder.Path, "run", "shop", "--quiet", "--seed", "7");

        using var found = JsonDocument.Parse(await In("runs", "list", "--json", "--filter", "params.seed = '7' and metrics.customers = 300"));
        string run = found.RootElement.GetProperty("runs").EnumerateArray().Single().GetProperty("run").GetProperty("id").GetString()!;
        Assert.Contains("silhouette", await In("runs", "show", run), StringComparison.Ordinal);
        Assert.Contains("customers would move", await In("models", "promote", "--preview"), StringComparison.Ordinal);
        await In("models", "promote", "2", "--reason", "tried on Monday");
        Assert.Contains("tried on Monday", await In("models", "show", "champion"), StringComparison.Ordinal);
        Assert.Contains("1 is the champion (was 2)", await In("models", "rollback", "--reason", "returns went up"), StringComparison.Ordinal);
        Assert.Contains("sound", await In("models", "verify"), StringComparison.Ordinal);

        var champion = await CliProcess.Run(folder.Path, "models", "delete", "1", "--dry-run", "--workspace", "shop");
        Assert.Contains("1 is the champion", champion.Error, StringComparison.Ordinal);
        Assert.Contains("Would delete", await In("models", "delete", "2", "--dry-run"), StringComparison.Ordinal);
        Assert.Equal(2, (await CliProcess.Run(folder.Path, "models", "delete", "2", "--workspace", "shop")).ExitCode);
        Assert.Contains("its files stay", await In("models", "delete", "2", "--reason", "was not better"), StringComparison.Ordinal);
        Assert.Contains("(deleted)", await In("models", "list"), StringComparison.Ordinal);
        Assert.Contains("was deleted", (await CliProcess.Run(folder.Path, "models", "promote", "2", "--reason", "again", "--force", "--workspace", "shop")).Error, StringComparison.Ordinal);

        string file = Directory.EnumerateFiles(folder["shop", "objects"], "*", SearchOption.AllDirectories).First();
        byte[] bytes = await File.ReadAllBytesAsync(file);
        bytes[0] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        var refused = await CliProcess.Run(folder.Path, "models", "verify", "--workspace", "shop");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("damaged", refused.Error, StringComparison.Ordinal);

        Task<string> In(params string[] words) => CliProcess.Succeed(folder.Path, [.. words, "--workspace", "shop"]);
    }

    [Fact]
    public async Task A_filter_that_is_not_understood_is_wrong_use_and_names_its_column()
    {
        using var folder = new TempFolder();

        var result = await CliProcess.Run(folder.Path, "runs", "list", "--filter", "metric.silhouette > 0.4");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("filter:1:1: 'metric' is no group of fields. Did you mean 'metrics'?", result.Error, StringComparison.Ordinal);
    }
}
