using System.Diagnostics;
using Clientele.Tests.Cli;
using Clientele.Tracking;

namespace Clientele.Tests.Pipeline;

/// <summary>What is tried again, and what is not.</summary>
public sealed class RetryTests
{
    [Theory, InlineData("ingest"), InlineData("features"), InlineData("personas")]
    public async Task When_the_engine_is_killed_the_step_is_done_again_to_the_same_bytes(string after)
    {
        using var shop = await SmallShop.Create(customers: 100);
        var undisturbed = await shop.Run();
        shop.Forget();

        using var run = shop.Start("run", "shop");
        while (await run.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            if (line.Contains($" {after} ", StringComparison.Ordinal))
                await KillEngineOf(run);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(undisturbed, shop.Digests());
        string id = await shop.LastRun();
        Assert.Contains(await shop.Steps(id), step => step is { Attempt: > 1, State: RunState.Completed });
        Assert.Matches("Retrying: The embedded engine has ended unexpectedly", await CliProcess.Succeed(shop.Folder, "runs", "logs", id, "-w", "shop"));
    }

    [Fact]
    public async Task A_step_that_takes_too_long_is_tried_again_and_then_fails()
    {
        using var shop = await SmallShop.Create(customers: 100);
        shop.Change("  retries: 2", "  retries: 1\n  step_timeout: 200 ms");
        shop.Change("  retry_delay: 1 s", "  retry_delay: 10 ms");
        shop.Change("  restarts: 10\n", "  restarts: 10000\n");
        shop.Change("resamples: 5\n", "resamples: 10000\n");
        shop.Change("  # steps: [{step: lifetime, retries: 0, step_timeout: 2 h}]", "  steps: [{step: ingest, step_timeout: 5 min}, {step: clean, step_timeout: 5 min}, {step: features, step_timeout: 5 min}]");

        var result = await CliProcess.Run(shop.Folder, "run", "shop", "--quiet");

        Assert.Contains("The step segment took longer than 00:00:00.2", result.Error, StringComparison.Ordinal);
        var run = (await shop.Runs())[0];
        Assert.Equal(RunState.Failed, run.State);
        Assert.Equal((RunState.Failed, 2), (await shop.Steps(run.Id)).Single(step => step.Name == "segment") is var step ? (step.State, step.Attempt) : default);
    }

    [Fact]
    public async Task A_run_that_takes_too_long_fails_and_says_so()
    {
        using var shop = await SmallShop.Create(customers: 100);
        shop.Change("  restarts: 10\n", "  restarts: 10000\n");
        shop.Change("resamples: 5\n", "resamples: 10000\n");
        shop.Change("  # timeout: 2 h", "  timeout: 3 s");

        Assert.Contains("The run took longer than 00:00:03", (await CliProcess.Run(shop.Folder, "run", "shop", "--quiet")).Error, StringComparison.Ordinal);

        Assert.Equal(RunState.Failed, (await shop.Runs())[0].State);
    }

    [Fact]
    public async Task A_problem_of_the_input_is_not_tried_again()
    {
        using var shop = await SmallShop.Create(customers: 100);
        shop.Change("  segments: 4..8", "  segments: 50..50");

        Assert.Contains("too few", (await CliProcess.Run(shop.Folder, "run", "shop", "--quiet")).Error, StringComparison.Ordinal);

        Assert.All(await shop.Steps(await shop.LastRun()), step => Assert.True(step.Attempt <= 1));
    }

    // The engine is the run's only child that is a program of .NET.
    private static async Task KillEngineOf(Process run)
    {
        using var kill = Process.Start("pkill", ["-KILL", "-P", $"{run.Id}"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }
}
