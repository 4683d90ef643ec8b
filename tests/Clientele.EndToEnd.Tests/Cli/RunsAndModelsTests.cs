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

        Assert.Contains("2 would be called gold", await In("models", "name", "2", "gold", "--dry-run"), StringComparison.Ordinal);
        Assert.Contains("2 is called gold.", await In("models", "name", "2", "gold", "--reason", "for the mailing"), StringComparison.Ordinal);
        Assert.Contains("gold", await In("models", "list"), StringComparison.Ordinal);
        Assert.Contains("for the mailing", await In("models", "show", "gold"), StringComparison.Ordinal);
        Assert.Contains("1 is called gold (was 2).", await In("models", "name", "champion", "gold", "--reason", "returns went up"), StringComparison.Ordinal);
        Assert.Contains("called champion, gold", await In("models", "show", "1"), StringComparison.Ordinal);
        using (var unnamed = JsonDocument.Parse(await In("models", "unname", "gold", "--reason", "mailing is over", "--json")))
            Assert.Equal(1, unnamed.RootElement.GetProperty("before").GetInt32());
        Assert.Equal((1, "clientele: No version of shop is called 'gold'. List them: clientele models list.\n"), await Refused("unname", "gold", "--reason", "again"));
        Assert.Equal((1, "clientele: Which version is the champion is decided at the gates. Promote it: clientele models promote 2 --reason \"why\".\n"), await Refused("name", "2", "champion", "--reason", "faster"));
        Assert.Equal(2, (await Refused("name", "2", "gold")).ExitCode);

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

        async Task<(int ExitCode, string Error)> Refused(params string[] words)
        {
            var result = await CliProcess.Run(folder.Path, ["models", .. words, "--workspace", "shop"]);
            return (result.ExitCode, result.Error);
        }
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
