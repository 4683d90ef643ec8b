using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Clientele.Engines;

[assembly: AssemblyFixture(typeof(Clientele.Tests.TestServers.ClickHouse1816))]

namespace Clientele.Tests.TestServers;

/// <summary>Debian's ClickHouse 18.16, the oldest that our SQL must run on: a server of our own, started when the first test asks, on free ports, in a folder that goes with it.</summary>
public sealed class ClickHouse1816 : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("clickhouse-18-").FullName;
    private readonly Lazy<Task<EngineClient>> client;
    private Process? server;

    public ClickHouse1816() => client = new(Start);

    /// <summary>A client of the server. Without clickhouse-server the test fails in CI and is skipped elsewhere.</summary>
    public Task<EngineClient> Client()
    {
        if (Program() is not null)
            return client.Value;
        const string message = "clickhouse-server is not installed. Run `apt-get install clickhouse-server`, or `./dev setup` as root.";
        if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 })
            Assert.Fail(message);
        Assert.Skip(message);
        throw new UnreachableException();
    }

    /// <summary>Where it answers, for tests that speak HTTP themselves.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    public async ValueTask DisposeAsync()
    {
        if (client.IsValueCreated && client.Value.IsCompletedSuccessfully)
            await (await client.Value).DisposeAsync();
        if (server is not null)
        {
            server.Kill();
            await server.WaitForExitAsync();
            server.Dispose();
        }
        Directory.Delete(folder, recursive: true);
    }

    private async Task<EngineClient> Start()
    {
        int[] ports = FreePorts(3);
        Address = new($"http://127.0.0.1:{ports[0]}/");
        await File.WriteAllTextAsync(Path.Combine(folder, "users.xml"), """
            <yandex>
              <profiles><default/></profiles>
              <quotas><default/></quotas>
              <users><default><password/><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default></users>
            </yandex>
            """);
        string config = Path.Combine(folder, "config.xml");
        await File.WriteAllTextAsync(config, $"""
            <yandex>
              <logger><level>error</level><log>{folder}/log</log><errorlog>{folder}/errors</errorlog></logger>
              <listen_host>127.0.0.1</listen_host>
              <http_port>{ports[0]}</http_port><tcp_port>{ports[1]}</tcp_port><interserver_http_port>{ports[2]}</interserver_http_port>
              <path>{folder}/data/</path><tmp_path>{folder}/tmp/</tmp_path>
              <users_config>{folder}/users.xml</users_config>
              <default_profile>default</default_profile><default_database>default</default_database>
              <mark_cache_size>16777216</mark_cache_size><timezone>UTC</timezone><remote_servers/>
            </yandex>
            """);
        server = Process.Start(new ProcessStartInfo(Program()!, [$"--config-file={config}"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        server.OutputDataReceived += (_, _) => { };
        server.ErrorDataReceived += (_, _) => { };
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        await Answers();
        return await EngineClient.Connect(Address);
    }

    private async Task Answers()
    {
        using var http = new HttpClient();
        for (int tries = 0; tries < 600; tries++)
        {
            if (server!.HasExited)
                Assert.Fail($"clickhouse-server ended at once: {await File.ReadAllTextAsync(Path.Combine(folder, "errors"))}");
            try
            {
                if (await http.GetStringAsync(new Uri(Address, "ping")) == "Ok.\n")
                    return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50);
            }
        }
        Assert.Fail("clickhouse-server does not answer.");
    }

    private static string? Program() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Concat(["/usr/bin", "/usr/sbin"]).Select(f => Path.Combine(f, "clickhouse-server")).FirstOrDefault(File.Exists);

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(l => l.Start());
        int[] ports = [.. listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port)];
        listeners.ForEach(l => l.Dispose());
        return ports;
    }
}
