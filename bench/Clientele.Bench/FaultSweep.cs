using Clientele.Tests.Kills;

namespace Clientele.Bench;

/// <summary>Runs whose first, second, third … file operation fails, once or from then on, each run again.</summary>
internal static class FaultSweep
{
    private const int Customers = 60;

    /// <param name="from">The first operation to fail, from 1.</param>
    public static async Task Run(int from)
    {
        string folder = Path.Combine(Checkout.Scratch, $"fault-sweep-{Environment.ProcessId}");
        var runs = new FailedRuns(folder);
        await runs.Prepare(Customers, default);
        for (int at = from; at <= runs.Operations; at++)
        {
            await runs.FailAt(at, fullDisk: false, default);
            await runs.FailAt(at, fullDisk: true, default);
            Console.WriteLine($"  {at} of {runs.Operations}: {runs.Mended} mended, {runs.Wrong.Count} wrong");
        }
        Console.WriteLine($"fault sweep, operations {from} to {runs.Operations}, each once and as a full disk: {runs.Mended} runs mended by doing a step again, {runs.Wrong.Count} wrong");
        foreach (string wrong in runs.Wrong)
            Console.WriteLine($"  {wrong}");
        Directory.Delete(folder, recursive: true);
    }
}
