using Clientele.Tests.Cli;

namespace Clientele.Tests.Pipeline;

public sealed class EarlierRunsTests
{
    [Fact]
    public async Task A_failed_run_is_resumed_with_the_settings_it_began_with()
    {
        using var shop = await SmallShop.Create(customers: 200);
        var undisturbed = await shop.Run();
        shop.Forget();
        shop.Change("  segments: 4..8", "  segments: 50..50");
        Assert.Equal(1, (await CliProcess.Run(shop.Folder, "run", "shop", "--quiet")).ExitCode);
        string failed = await shop.LastRun();

        // What it began with cannot be divided either, and what the file says now is not asked.
        shop.Change("  segments: 50..50", "  segments: 4..8");
        Assert.Contains("too few", (await CliProcess.Run(shop.Folder, "runs", "resume", failed, "-w", "shop", "--quiet")).Error, StringComparison.Ordinal);

        Assert.Equal(undisturbed, await shop.Run());
        string done = await shop.LastRun();
        Assert.Contains("is completed", (await CliProcess.Run(shop.Folder, "runs", "resume", done, "-w", "shop")).Error, StringComparison.Ordinal);
        Assert.Contains("no run '1999'", (await CliProcess.Run(shop.Folder, "runs", "resume", "1999", "-w", "shop")).Error, StringComparison.Ordinal);
        await CliProcess.Succeed(shop.Folder, "runs", "retry", done, "--from", "personas", "-w", "shop", "--quiet");
        Assert.Equal(undisturbed, shop.Digests());
        Assert.Equal(done, (await shop.Runs())[0].Resumes);
        string log = await CliProcess.Succeed(shop.Folder, "runs", "logs", await shop.LastRun(), "-w", "shop");
        Assert.Matches("segment +Cached", log);
        Assert.Matches("personas +Running", log);
    }

    [Fact]
    public async Task A_run_is_reproduced_to_the_byte_unless_its_inputs_have_changed()
    {
        using var shop = await SmallShop.Create(customers: 200);
        await shop.Run("--threads", "1");
        string id = await shop.LastRun();

        Assert.Contains("files are the same", await CliProcess.Succeed(shop.Folder, "runs", "reproduce", id, "-w", "shop", "--threads", "2", "--quiet"), StringComparison.Ordinal);

        File.AppendAllText(shop["orders.csv"], "\n");
        Assert.Contains("not the one", (await CliProcess.Run(shop.Folder, "runs", "reproduce", id, "-w", "shop", "--quiet")).Error, StringComparison.Ordinal);
    }
}
