using System.Diagnostics;
using Clientele.Learning.Tests;

namespace Clientele.Bench;

/// <summary>Every buy-till-you-die function at every point of a wide grid: see <see cref="PurchaseSweep"/>.</summary>
internal static class PurchaseSafety
{
    /// <param name="step">1: the whole grid.</param>
    public static Task Run(string model, int step)
    {
        long before = Stopwatch.GetTimestamp();
        var (points, faults) = PurchaseSweep.Run(model, first: 0, step);
        Console.WriteLine(FormattableString.Invariant($"{model}: {points:N0} points in {Stopwatch.GetElapsedTime(before).TotalSeconds:0} s, {faults.Count} faults{(faults.Count < 20 ? "" : " or more")}"));
        foreach (string fault in faults)
            Console.WriteLine($"  {fault}");
        History.Add($"{model}: faults in the safety sweep of {points} points", faults.Count);
        return Task.CompletedTask;
    }
}
