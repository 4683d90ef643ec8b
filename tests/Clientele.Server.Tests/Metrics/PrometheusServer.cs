using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Clientele.Tests.Metrics;

/// <summary>Debian's Prometheus, asking one service every second, on a free port of this machine alone, in a folder that goes with it.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private const string Program = "/usr/bin/prometheus";
    private readonly string folder = Directory.CreateTempSubdirectory("prometheus-").FullName;
    private readonly HttpClient http = new();
    private Process? server;

    /// <summary>Without Prometheus the test fails in CI and is skipped elsewhere.</summary>
    /// <param name="key">What it shows at the door; null: nothing.</param>
    public static async Task<PrometheusServer> Asking(Uri service, string? key)
    {
        if (!File.Exists(Program))
        {
            const string message = "Prometheus is not installed. Run `apt-get install prometheus`, or `./dev setup` as root.";
            if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 })
                Assert.Fail(message);
            Assert.Skip(message);
        }
        var prometheus = new PrometheusServer();
        await prometheus.Start(service, key);
        return prometheus;
    }

    /// <summary>The value of an expression that gives one; null: nothing is known yet.</summary>
    public async Task<double?> Value(string expression)
    {
        var results = (await Ask($"query?query={Uri.EscapeDataString(expression)}")).GetProperty("result");
        return results.GetArrayLength() == 0 ? null : double.Parse(results[0].GetProperty("value")[1].GetString()!, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>How the last asking ended: "up", or why not.</summary>
    public async Task<string> Health()
    {
        if ((await Ask("targets")).GetProperty("activeTargets").EnumerateArray().ToList() is not [var target])
            return "unknown";
        return target.GetProperty("lastError").GetString() is { Length: > 0 } error ? error : target.GetProperty("health").GetString()!;
    }

    /// <summary>Metrics by name, with the type that Prometheus understood.</summary>
    public async Task<Dictionary<string, string>> Types() =>
        (await Ask("targets/metadata")).EnumerateArray().ToDictionary(metric => metric.GetProperty("metric").GetString()!, metric => metric.GetProperty("type").GetString()!);

    private async Task<JsonElement> Ask(string what) => JsonDocument.Parse(await http.GetStringAsync(new Uri($"api/v1/{what}", UriKind.Relative))).RootElement.GetProperty("data");

    private async Task Start(Uri service, string? key)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "key"), key);
        string config = Path.Combine(folder, "prometheus.yml");
        await File.WriteAllTextAsync(config, $"""
            global: {"{"}scrape_interval: 1s, scrape_timeout: 1s{"}"}
            scrape_configs:
              - job_name: clv_api
                {(key is null ? "" : $"authorization: {{credentials_file: {folder}/key}}")}
                static_configs:
                  - targets: ['{service.Authority}']
            """);
        using (var socket = new TcpListener(IPAddress.Loopback, 0))
        {
            socket.Start();
            http.BaseAddress = new($"http://127.0.0.1:{((IPEndPoint)socket.LocalEndpoint).Port}/");
        }
        server = Process.Start(new ProcessStartInfo(Program, [$"--config.file={config}", $"--storage.tsdb.path={folder}/data", $"--web.listen-address={http.BaseAddress.Authority}", "--log.level=error"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        server.OutputDataReceived += (_, _) => { };
        server.ErrorDataReceived += (_, _) => { };
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        while (!await IsReady())
            await Task.Delay(100);
    }

    private async Task<bool> IsReady()
    {
        Assert.False(server!.HasExited, "Prometheus ended before it was ready.");
        try
        {
            using var answer = await http.GetAsync(new Uri("-/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            server.Kill();
            await server.WaitForExitAsync();
            server.Dispose();
        }
        http.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
