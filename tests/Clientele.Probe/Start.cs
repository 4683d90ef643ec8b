using System.Diagnostics;
using Clientele.Engines;
using Clientele.Problems;

namespace Clientele.Probe;

/// <summary>Starts the embedded engine with what the environment says, and tells how it went.</summary>
internal static class Start
{
    public static async Task<int> Run()
    {
        try
        {
            long start = Stopwatch.GetTimestamp();
            await using var engine = await EngineClient.StartEmbedded();
            Console.WriteLine($"started {Stopwatch.GetElapsedTime(start).TotalSeconds:F3}");
            return 0;
        }
        catch (ProblemException problem)
        {
            Console.WriteLine($"{problem.Problem.Kind}: {problem.Problem}");
            return 1;
        }
    }
}
