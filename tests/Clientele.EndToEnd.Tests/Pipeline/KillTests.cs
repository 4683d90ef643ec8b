using Clientele.Tests.Cli;
using Clientele.Tests.Kills;

namespace Clientele.Tests.Pipeline;

/// <summary>A slice of the kill sweep; the whole of it is <c>./dev bench kill-sweep</c>.</summary>
public sealed class KillTests
{
    [Fact]
    public async Task A_killed_run_is_taken_up_to_the_same_bytes_and_leaves_nothing_behind()
    {
        using var folder = new TempFolder();
        var runs = new KilledRuns(Path.Combine(TestData.Checkout, "src", "Clientele.Cli", "bin", "Release", "net10.0", "Clientele.Cli.dll"), folder.Path, seed: 12);
        await runs.Prepare(customers: 60);

        await runs.AtRandom(kills: 5);
        await runs.AtBoundaries(first: 3, every: 9);

        Assert.True(runs.Kills >= 7);
        Assert.Empty(runs.Wrong);
    }

    [Fact]
    public async Task A_run_that_fails_at_any_file_operation_says_so_and_the_next_gives_the_same_bytes()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        var runs = new FailedRuns(folder.Path);
        await runs.Prepare(customers: 150, cancel);

        for (int at = 1; at <= runs.Operations; at += Math.Max(1, runs.Operations / 8))
            await runs.FailAt(at, cancel);

        Assert.Empty(runs.Wrong);
    }
}
