using System.Diagnostics;

namespace Clientele.Tests.Cli;

/// <summary>The command line as a person or a script starts it: a process of its own, in a folder of its own.</summary>
internal static class CliProcess
{
    public static readonly string Program = Path.Combine(TestData.Checkout, "src", "Clientele.Cli", "bin", "Release", "net10.0", "Clientele.Cli.dll");

    public static Task<CliResult> Run(string folder, params string[] arguments) => Run(folder, new Dictionary<string, string?>(), arguments);

    /// <param name="environment">In place of what this process has; null: without it.</param>
    public static async Task<CliResult> Run(string folder, IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await error);
    }

    /// <summary>The same, when nothing but success will do.</summary>
    public static async Task<string> Succeed(string folder, params string[] arguments)
    {
        var result = await Run(folder, arguments);
        Assert.True(result.ExitCode == 0, $"clientele {string.Join(' ', arguments)} ended with {result.ExitCode}:\n{result.Error}\n{result.Output}");
        return result.Output;
    }
}

internal sealed record CliResult(int ExitCode, string Output, string Error);
