using System.Diagnostics;
using Clientele.Tracking;

namespace Clientele.Tests.Pipeline;

/// <summary>A run in a process of its own that would take minutes, at work in its segment step.</summary>
internal sealed class RunAtWork : IDisposable
{
    /// <summary>As many as it takes for the fits to last minutes.</summary>
    public const int Customers = 3000;

    private readonly Process process;
    private readonly Task<string> error;

    private RunAtWork(Process process, string id) => (this.process, Id, error) = (process, id, process.StandardError.ReadToEndAsync());

    public string Id { get; }

    public static async Task<RunAtWork> Start(SmallShop shop)
    {
        shop.Change("resamples: 5\n", "resamples: 10000\n");
        shop.Change("  restarts: 10\n", "  restarts: 10000\n");
        var process = shop.Start("run", "shop", "--quiet");
        while (true)
        {
            Assert.False(process.HasExited);
            if (File.Exists(shop["clientele.db"]) && await shop.Runs() is [{ State: RunState.Running } run, ..] && IsInSegment(await shop.Steps(run.Id)))
                return new(process, run.Id);
            await Task.Delay(20);
        }
    }

    // What the steps before it left is kept.
    private static bool IsInSegment(IReadOnlyList<Step> steps) => steps.Any(step => step is { Name: "segment", State: RunState.Running }) && steps.TakeWhile(step => step.Name != "segment").All(step => step.State == RunState.Completed);

    public async Task Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <returns>Its exit code, and what it said.</returns>
    public async Task<(int Code, string Error)> Ended()
    {
        await process.WaitForExitAsync();
        return (process.ExitCode, await error);
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
