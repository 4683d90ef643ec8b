using Clientele.Tests.Kills;

namespace Clientele.Bench;

/// <summary>Runs that fail at their first, second, third … file operation, each run again.</summary>
internal static class FaultSweep
{
    private const int Customers = 150;

    /// <param name="from">The first operation to fail, from 1.</param>
    public static async Task Run(int from)
    {
        string folder = Path.Combine(Checkout.Scratch, $"fault-sweep-{Environment.ProcessId}");
        var runs = new FailedRuns(folder);
        await runs.Prepare(Customers, default);
        int last = Math.Min(runs.Operations, from + 99);
        for (int at = from; at <= last; at++)
            await runs.FailAt(at, default);
        Console.WriteLine($"fault sweep, operations {from} to {last} of {runs.Operations}: {runs.Wrong.Count} wrong");
        foreach (string wrong in runs.Wrong)
            Console.WriteLine($"  {wrong}");
        Directory.Delete(folder, recursive: true);
    }
}
