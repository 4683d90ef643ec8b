using Clientele.Tests.Kills;

namespace Clientele.Bench;

/// <summary>Two schedulers on one store, of which the leader is killed again and again.</summary>
internal static class SchedulerSweep
{
    /// <param name="store">Of PostgreSQL, an empty schema; null: a file of SQLite.</param>
    public static async Task Run(int ticks, string? store)
    {
        string folder = Path.Combine(Checkout.Scratch, $"scheduler-sweep-{Environment.ProcessId}");
        Directory.CreateDirectory(folder);
        int seed = Environment.ProcessId;
        await using (var schedulers = new KilledSchedulers(Checkout.Probe, store ?? Path.Combine(folder, "clientele.db"), seed))
        {
            long start = System.Diagnostics.Stopwatch.GetTimestamp();
            await schedulers.Kill(ticks, perSecond: 20, default);
            Console.WriteLine($"scheduler sweep, {(store is null ? "SQLite" : "PostgreSQL")}, seed {seed}: {schedulers.Ticks} due runs, {schedulers.Kills} kills, {schedulers.Attempts} runs begun, {schedulers.Wrong.Count} wrong, {System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s");
            foreach (string wrong in schedulers.Wrong)
                Console.WriteLine($"  {wrong}");
        }
        Directory.Delete(folder, recursive: true);
    }
}
