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
    public async Task A_run_whose_file_operation_fails_is_mended_or_says_so_and_the_next_gives_the_same_bytes()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        var runs = new FailedRuns(folder.Path);
        await runs.Prepare(customers: 60, cancel);

        foreach (bool fullDisk in (bool[])[false, true])
            foreach (int at in (int[])[2, runs.Operations / 3, runs.Operations * 2 / 3, runs.Operations - 20])        // the last: when all that the run shows is brought to disk
                await runs.FailAt(at, fullDisk, cancel);

        Assert.Empty(runs.Wrong);
        Assert.True(runs.Mended > 0);
    }
}
