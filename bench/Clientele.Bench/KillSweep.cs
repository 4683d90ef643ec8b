using Clientele.Tests.Kills;

namespace Clientele.Bench;

/// <summary>Runs that are killed at random moments and at every step boundary, and taken up again.</summary>
internal static class KillSweep
{
    private const int Customers = 100;

    /// <remarks>Says after every ten kills how far it is: a long sweep that is stopped has still shown something.</remarks>
    public static Task AtRandom(int kills) => Sweep($"random {kills}", runs => runs.AtRandom(kills, () => Tell(runs)), seed: kills + Environment.ProcessId);

    /// <param name="first">From 0.</param>
    public static Task AtBoundaries(int first) => Sweep($"boundaries from {first}", runs => runs.AtBoundaries(first), seed: 1);

    private static async Task Sweep(string name, Func<KilledRuns, Task> kill, int seed)
    {
        string folder = Path.Combine(Checkout.Scratch, $"kill-sweep-{Environment.ProcessId}");
        Directory.CreateDirectory(folder);
        var runs = new KilledRuns(Checkout.Cli, folder, seed);
        await runs.Prepare(Customers);
        await kill(runs);
        Console.WriteLine($"kill sweep, {name}, seed {seed}: {runs.Kills} kills ({runs.Boundaries} boundaries in a run), {runs.Resumed} taken up by their id, {runs.Finished} runs to the end, {runs.Wrong.Count} wrong");
        foreach (string wrong in runs.Wrong)
            Console.WriteLine($"  {wrong}");
        Directory.Delete(folder, recursive: true);
    }

    private static void Tell(KilledRuns runs)
    {
        if (runs.Kills % 10 == 0)
            Console.WriteLine($"  {runs.Kills} kills, {runs.Resumed} taken up by their id, {runs.Finished} runs to the end, {runs.Wrong.Count} wrong{string.Concat(runs.Wrong.Select(wrong => $"\n    {wrong}"))}");
    }
}
