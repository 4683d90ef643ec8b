using System.Text.Json;

namespace Clientele.Tests.Cli;

public sealed class KeysTests
{
    [Fact]
    public async Task A_key_is_made_listed_and_revoked_and_its_text_is_shown_once()
    {
        using var folder = new TempFolder();
        await CliProcess.Succeed(folder.Path, "data", "generate", ".", "--customers", "50", "--quiet");
        await CliProcess.Succeed(folder.Path, "init", "shop", "--source", "orders.csv");
        Assert.StartsWith("No keys yet.", await CliProcess.Succeed(folder.Path, "keys", "list", "-w", "shop"), StringComparison.Ordinal);

        string key = (await CliProcess.Succeed(folder.Path, "keys", "create", "till 4", "-w", "shop", "--role", "operator", "--expires", "30d")).Trim();
        var other = JsonDocument.Parse(await CliProcess.Succeed(folder.Path, "keys", "create", "night", "-w", "shop", "--expires", "never", "--json")).RootElement;
        string id = key.Split('_')[1];
        string listed = await CliProcess.Succeed(folder.Path, "keys", "list", "-w", "shop");

        Assert.Matches("^clientele_[0-9a-f]{12}_[0-9a-f]{64}$", key);
        Assert.Contains(id, listed, StringComparison.Ordinal);
        Assert.Contains("till 4", listed, StringComparison.Ordinal);
        Assert.DoesNotContain(key.Split('_')[2], listed, StringComparison.Ordinal);
        Assert.DoesNotContain(other.GetProperty("key").GetString()!.Split('_')[2], listed, StringComparison.Ordinal);
        await CliProcess.Succeed(folder.Path, "keys", "revoke", id, "-w", "shop");
        Assert.Contains("revoked", await CliProcess.Succeed(folder.Path, "keys", "list", "-w", "shop"), StringComparison.Ordinal);
    }
}
