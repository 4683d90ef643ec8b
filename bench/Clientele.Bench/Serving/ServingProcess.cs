using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Clientele.Bench.Serving;

/// <summary>A program that answers over HTTP until it is disposed of.</summary>
internal sealed class ServingProcess : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60), Between = TimeSpan.FromMilliseconds(2);
    private static readonly HttpClient Http = new();

    private readonly Process process;

    private ServingProcess(string name, Process process, Uri address) => (Name, this.process, Address) = (name, process, address);

    public string Name { get; }
    public Uri Address { get; }
    public int Id => process.Id;

    /// <summary>From the start of the process to the first answer of <c>/ready</c>.</summary>
    public TimeSpan Ready { get; private set; }

    /// <summary>The real program, on a workspace.</summary>
    public static Task<ServingProcess> Ours(string workspace) => Start("clientele serve", address => new("dotnet", [Checkout.Cli, "serve", workspace, "--urls", address, "--quiet"]));

    /// <summary>The same model behind FastAPI: <c>bench/peers/serve_fastapi.py</c>.</summary>
    public static Task<ServingProcess> FastApi(string bundle, int workers) => Start($"FastAPI, {workers} worker{(workers == 1 ? "" : "s")}", address => new(
        "/usr/bin/python3",
        [
            "-m", "uvicorn", "serve_fastapi:app", "--host", "127.0.0.1", "--port", new Uri(address).Port.ToString(CultureInfo.InvariantCulture), "--workers", $"{workers}",
            "--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning",
        ])
    {
        WorkingDirectory = Path.Combine(Checkout.Root, "bench", "peers"),
        Environment = { ["CLIENTELE_BUNDLE"] = bundle, ["OMP_NUM_THREADS"] = "1", ["OPENBLAS_NUM_THREADS"] = "1", ["PYTHONDONTWRITEBYTECODE"] = "1" },
    });

    /// <summary>Kestrel and one constant answer: <see cref="BareEndpoint"/>.</summary>
    /// <param name="bytes">Of the answer.</param>
    public static Task<ServingProcess> Bare(int bytes) => Start("bare Kestrel", address => new("dotnet", [typeof(ServingProcess).Assembly.Location, BareEndpoint.Verb, address, $"{bytes}"]));

    /// <summary>Posts a body to <c>/api/v1/predict</c>.</summary>
    public async Task<string> Ask(string body)
    {
        using var answer = await Http.PostAsync(new Uri(Address, "/api/v1/predict"), new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")));
        string text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{Name} answered {(int)answer.StatusCode}: {text}");
    }

    /// <summary>What a path answers.</summary>
    public Task<string> Get(string path) => Http.GetStringAsync(new Uri(Address, path));

    private static async Task<ServingProcess> Start(string name, Func<string, ProcessStartInfo> program)
    {
        string address = $"http://127.0.0.1:{FreePort()}";
        var start = program(address);
        long begun = Stopwatch.GetTimestamp();
        var serving = new ServingProcess(name, Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start."), new Uri(address));
        while (!await serving.IsReady())
        {
            if (serving.process.HasExited || Stopwatch.GetElapsedTime(begun) > LongestStart)
            {
                await serving.DisposeAsync();
                throw new InvalidOperationException($"{name} is not ready; what it said stands above.");
            }
            await Task.Delay(Between);
        }
        serving.Ready = Stopwatch.GetElapsedTime(begun);
        return serving;
    }

    private async Task<bool> IsReady()
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(Address, "/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
