using System.Diagnostics;

namespace Clientele.Bench;

/// <summary>What one run of a program took.</summary>
/// <param name="PeakBytes">Most resident memory at one moment, summed over the program and all its descendants (pages they share count for each).</param>
internal sealed record Measured(TimeSpan Elapsed, long PeakBytes, string Output);

/// <summary>Starts a program, waits for it, and watches the memory of its process tree meanwhile.</summary>
internal static class MeasuredProcess
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    /// <exception cref="InvalidOperationException">It ended with another code than 0; the message holds what it said.</exception>
    public static async Task<Measured> Run(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var ended = process.WaitForExitAsync();
        long peak = 0;
        while (!ended.IsCompleted)
        {
            peak = Math.Max(peak, ProcessTree.ResidentBytes(process.Id));
            await Task.WhenAny(ended, Task.Delay(Interval));
        }
        var elapsed = clock.Elapsed;
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await errors}");
        return new(elapsed, peak, await output);
    }

    public static Task<Measured> Ours(params IEnumerable<string> arguments) => Run("dotnet", [Checkout.Cli, .. arguments]);

    public static Task<Measured> Peer(string script, params IEnumerable<string> arguments) =>
        Run("/usr/bin/python3", [Path.Combine(Checkout.Root, "bench", "peers", script), .. arguments]);
}
