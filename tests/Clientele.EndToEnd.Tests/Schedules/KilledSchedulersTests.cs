using Clientele.Tests.Cli;
using Clientele.Tests.Engines;
using Clientele.Tests.Kills;
using Clientele.Tests.TestServers;

namespace Clientele.Tests.Schedules;

/// <summary>A slice of the sweep over schedulers; the whole of it is <c>./dev bench scheduler-sweep</c>.</summary>
public sealed class KilledSchedulersTests(PostgresServer postgres)
{
    [Fact]
    public async Task With_leaders_killed_every_due_run_is_executed_once_on_SQLite()
    {
        using var folder = new TempFolder();
        await Kill(folder["clientele.db"]);
    }

    [Fact]
    public async Task With_leaders_killed_every_due_run_is_executed_once_on_PostgreSQL() => await Kill(await postgres.NewText());

    [Fact]
    public async Task A_frozen_worker_that_wakes_after_its_lease_is_refused()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        await using var schedulers = new KilledSchedulers(Probe.Program, folder["clientele.db"], seed: 2);

        var said = await schedulers.Freeze(cancel);

        Assert.Contains(said, line => line.StartsWith("refused ", StringComparison.Ordinal) && line.Length > "refused ".Length);
        Assert.Empty(schedulers.Wrong);
    }

    private static async Task Kill(string store)
    {
        await using var schedulers = new KilledSchedulers(Probe.Program, store, seed: 1);
        await schedulers.Kill(ticks: 120, perSecond: 8, TestContext.Current.CancellationToken);

        Assert.Empty(schedulers.Wrong);
        Assert.Equal(120, schedulers.Ticks);
        Assert.True(schedulers.Kills >= 1);
    }
}
