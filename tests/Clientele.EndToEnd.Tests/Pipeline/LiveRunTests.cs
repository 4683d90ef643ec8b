using Clientele.Pipeline;
using Clientele.Tests.Cli;
using Clientele.Tracking;
using Microsoft.Data.Sqlite;

namespace Clientele.Tests.Pipeline;

/// <summary>What the store knows of a run while it is at work, and what others can do about it.</summary>
public sealed class LiveRunTests
{
    [Fact]
    public async Task A_run_at_work_shows_its_steps_and_another_process_can_cancel_it()
    {
        using var shop = await SmallShop.Create(customers: RunAtWork.Customers);
        using var run = await RunAtWork.Start(shop);
        Assert.Equal(["Completed", "Completed", "Completed", "Running", "Pending"], (await shop.Steps(run.Id)).Take(5).Select(step => step.State.ToString()));
        Assert.Contains("is Running", (await CliProcess.Run(shop.Folder, "runs", "resume", run.Id, "-w", "shop")).Error, StringComparison.Ordinal);

        Assert.Contains("asked to stop", await CliProcess.Succeed(shop.Folder, "runs", "cancel", run.Id, "-w", "shop"), StringComparison.Ordinal);

        var (code, said) = await run.Ended();
        Assert.Equal(1, code);
        Assert.Contains("The run was cancelled", said, StringComparison.Ordinal);
        Assert.Equal((RunState.Cancelled, "Somebody asked for it."), await End(shop));
        Assert.Contains("is Cancelled already", (await CliProcess.Run(shop.Folder, "runs", "cancel", run.Id, "-w", "shop")).Error, StringComparison.Ordinal);
        Assert.DoesNotContain((await shop.Steps(run.Id)), step => !step.State.IsFinal());
        Assert.Contains("segment          Cancelled", await CliProcess.Succeed(shop.Folder, "runs", "logs", run.Id, "-w", "shop"), StringComparison.Ordinal);
    }

    [Theory, InlineData("INT"), InlineData("TERM")]
    public async Task A_run_whose_process_is_asked_to_stop_is_cancelled(string signal)
    {
        using var shop = await SmallShop.Create(customers: RunAtWork.Customers);
        using var run = await RunAtWork.Start(shop);

        await run.Signal(signal);

        Assert.Equal((1, "clientele: Stopped. What was finished is kept.\n"), await run.Ended());
        Assert.Equal((RunState.Cancelled, "Its process was asked to stop."), await End(shop));
    }

    [Fact]
    public async Task A_killed_run_is_told_as_crashed_by_whoever_looks()
    {
        using var shop = await SmallShop.Create(customers: RunAtWork.Customers);
        using var run = await RunAtWork.Start(shop);

        await run.Signal("KILL");
        await run.Ended();

        Assert.Contains($"{run.Id}   Crashed", await CliProcess.Succeed(shop.Folder, "runs", "list", "-w", "shop"), StringComparison.Ordinal);
        Assert.Contains("ended without a word", await CliProcess.Succeed(shop.Folder, "runs", "logs", run.Id, "-w", "shop"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frozen_process_that_wakes_when_its_run_was_taken_for_dead_shows_nothing()
    {
        using var shop = await SmallShop.Create(customers: RunAtWork.Customers);
        using var run = await RunAtWork.Start(shop);
        await run.Signal("STOP");
        await using (var later = await WorkspaceStore.Open(Path.Combine(shop.Folder, "shop"), new LaterClock(Runs.Lease + TimeSpan.FromSeconds(1))))
            Assert.Equal([run.Id], await later.Runs.NoticeDead());
        var crashed = await End(shop);

        await run.Signal("CONT");

        Assert.Contains("no longer held by this process", (await run.Ended()).Error, StringComparison.Ordinal);
        Assert.Equal((RunState.Crashed, "gave no sign of life for 15 s."), (crashed.State, crashed.Reason![^30..]));
        Assert.Equal(crashed, await End(shop));
        Assert.False(Directory.Exists(shop["runs"]));
    }

    [Fact]
    public async Task A_store_that_another_keeps_locked_for_a_moment_does_not_end_a_run()
    {
        using var shop = await SmallShop.Create(customers: 100);
        await shop.Run();
        await using (var other = new SqliteConnection($"Data Source={shop["clientele.db"]};Pooling=False"))
        {
            other.Open();
            await using var locking = other.BeginTransaction(deferred: false);
            var run = shop.Run("--fresh");
            await Task.Delay(TimeSpan.FromSeconds(4), TestContext.Current.CancellationToken);
            Assert.False(run.IsCompleted);
            await locking.RollbackAsync(TestContext.Current.CancellationToken);
            await run;
        }

        Assert.All(await shop.Runs(), run => Assert.Equal(RunState.Completed, run.State));
    }

    private static async Task<(RunState State, string? Reason)> End(SmallShop shop) => (await shop.Runs())[0] is var run ? (run.State, run.Reason) : default;

    private sealed class LaterClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
