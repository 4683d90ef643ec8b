using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Clientele.Tests;

/// <summary><c>clientele serve</c> as a process of its own, on a workspace that nobody else serves. Killed, if it is still there at the end.</summary>
internal sealed partial class ServedProcess : IAsyncDisposable
{
    private static readonly string Program = Path.Combine(TestData.Checkout, "src", "Clientele.Cli", "bin", "Release", "net10.0", "Clientele.Cli.dll");
    private readonly Process process;
    private Task rest = Task.CompletedTask;

    private ServedProcess(Process process) => this.process = process;

    public HttpClient Http { get; private set; } = null!;

    /// <param name="before">Shell commands before the program starts in their place, such as <c>ulimit</c>.</param>
    public static async Task<ServedProcess> Start(string folder, string before = "")
    {
        var start = new ProcessStartInfo("bash", ["-c", $"{before} exec dotnet \"$0\" serve \"$1\" --urls http://127.0.0.1:0", Program, folder]) { RedirectStandardError = true };
        var served = new ServedProcess(Process.Start(start)!);
        while (await served.process.StandardError.ReadLineAsync() is { } line)
            if (Answers().Match(line) is { Success: true } match)
            {
                served.Http = new() { BaseAddress = new(match.Groups[1].Value) };
                served.rest = served.process.StandardError.ReadToEndAsync();      // the pipe must not fill
                return served;
            }
        await served.DisposeAsync();
        throw new InvalidOperationException("The service did not start.");
    }

    /// <summary>As by SIGKILL: nothing of it runs any more when this returns.</summary>
    public void Kill()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        if (!process.HasExited)
            Kill();
        await rest;
        process.Dispose();
    }

    [GeneratedRegex(@"answers at (http://[^ ]+:\d+/?)\b")]
    private static partial Regex Answers();
}
