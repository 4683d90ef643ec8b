using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Clientele.Tests.Cli;

namespace Clientele.Tests.Serving;

/// <summary><c>clientele serve</c> as a process of its own, at a free port.</summary>
internal sealed class ServedProgram : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> said = new();
    private readonly TaskCompletionSource<Uri> address = new();
    private readonly Task reading;

    private ServedProgram(Process process)
    {
        this.process = process;
        reading = Read();
    }

    public int Id => process.Id;
    public Uri Address => address.Task.Result;
    public HttpClient Http { get; private set; } = null!;
    /// <summary>What it wrote to standard error.</summary>
    public string Log => string.Join('\n', said);

    /// <param name="folder">Of the workspace.</param>
    public static async Task<ServedProgram> Start(string folder, params string[] options)
    {
        var start = new ProcessStartInfo("dotnet", [CliProcess.Program, "serve", folder, "--urls", "http://127.0.0.1:0", .. options]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var program = new ServedProgram(Process.Start(start)!);
        if (await Task.WhenAny(program.address.Task, program.reading) == program.reading)
            Assert.Fail(program.Log);
        program.Http = new() { BaseAddress = program.Address };
        return program;
    }

    /// <summary>Of what it wrote to standard output.</summary>
    public async Task<string> FirstLine() => await process.StandardOutput.ReadLineAsync() ?? "";

    public async Task Signal(string name) => await Signal(name, Id);

    public static async Task Signal(string name, int process)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{process}"]);
        await kill.WaitForExitAsync();
    }

    /// <returns>Its exit code.</returns>
    public async Task<int> Ended()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public async Task<(int Status, JsonElement Body)> Get(string path)
    {
        using var response = await Http.GetAsync(new Uri(path, UriKind.Relative));
        return ((int)response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }

    /// <summary>A line of <c>/metrics</c>, its number; null: there is no such line.</summary>
    public async Task<double?> Metric(string series)
    {
        string text = await Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return text.Split('\n').FirstOrDefault(line => line.StartsWith($"{series} ", StringComparison.Ordinal)) is { } line ? double.Parse(line[(series.Length + 1)..], CultureInfo.InvariantCulture) : null;
    }

    /// <summary>A body for <c>/api/v1/predict</c>: all features are 1.</summary>
    public async Task<string> Asked() => JsonSerializer.Serialize(new { features = (await Get("/api/v1/model")).Body.GetProperty("features").EnumerateArray().ToDictionary(feature => feature.GetProperty("name").GetString()!, _ => 1) });

    /// <summary>Waits until something is so that comes by itself.</summary>
    public async Task Until(Func<Task<bool>> isSo)
    {
        for (int attempt = 0; attempt < 6_000 && !await isSo(); attempt++)
            await Task.Delay(50);
        Assert.True(await isSo(), Log);
    }

    /// <summary>Processes that it started.</summary>
    public IReadOnlyList<int> Children() =>
        [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!, CultureInfo.InvariantCulture)).Where(child => Stat(child) is [_, var parent, ..] && parent == $"{Id}")];

    // From field 3 on, the state; source: proc(5).
    private static string[] Stat(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (IOException)
        {
            return [];      // it has ended
        }
    }

    private async Task Read()
    {
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            said.Enqueue(line);
            if (!line.StartsWith('{') && line.Split(" answers at ") is [_, var place])
                address.TrySetResult(new(place.Split(". Stop")[0]));
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        await reading;
        process.Dispose();
    }
}
