using System.Diagnostics;

namespace Clientele.Tests.Engines;

/// <summary>Runs tests/Clientele.Probe, built in the same configuration as these tests.</summary>
internal static class Probe
{
    public static readonly string Program = Path.Combine(
        TestData.Checkout, "tests", "Clientele.Probe", Path.GetRelativePath(Path.Combine(TestData.Checkout, "tests", "Clientele.EndToEnd.Tests"), AppContext.BaseDirectory), "Clientele.Probe.dll");

    public static Process Start(IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs to the end; a probe that hangs fails the test.</summary>
    public static async Task<(int ExitCode, string[] Lines)> Run(IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        using var process = Start(arguments, environment);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            string said = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }
}
