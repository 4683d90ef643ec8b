using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Clientele.Storage;

[assembly: AssemblyFixture(typeof(Clientele.Tests.TestServers.PostgresServer))]

namespace Clientele.Tests.TestServers;

/// <summary>Debian's PostgreSQL: a server of our own, started when the first test asks, on a free port of this machine alone, in a folder that goes with it.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("postgres-").FullName;
    private readonly Lazy<Task<int>> port;
    private Process? server;
    private int schemas;

    public PostgresServer() => port = new(Start);

    /// <summary>A schema of its own, in which nothing is yet. Without PostgreSQL the test fails in CI and is skipped elsewhere.</summary>
    public async Task<StoreAddress> NewAddress() => StoreAddress.Parse(await NewText(), "");

    /// <summary>The same, as a settings file would say it.</summary>
    internal async Task<string> NewText()
    {
        if (Programs() is null)
        {
            const string message = "PostgreSQL is not installed. Run `apt-get install postgresql`, or `./dev setup` as root.";
            if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 })
                Assert.Fail(message);
            Assert.Skip(message);
        }
        return $"postgres://clientele:secret@127.0.0.1:{await port.Value}/postgres?schema=test_{Interlocked.Increment(ref schemas)}&sslmode=disable";
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await Run("/bin/kill", "-INT", $"{server.Id}");        // a fast shutdown
            await server.WaitForExitAsync();
            server.Dispose();
        }
        Directory.Delete(folder, recursive: true);
    }

    private async Task<int> Start()
    {
        string data = Path.Combine(folder, "data"), password = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(password, "secret");
        if (Environment.UserName == "root")
            await Run("chown", "-R", "nobody", folder);
        await AsNobody(Path.Combine(Programs()!, "initdb"), "-D", data, "-U", "clientele", "--pwfile", password, "-A", "scram-sha-256", "-E", "UTF8", "--locale", "C.UTF-8", "-N");
        int free = FreePort();
        string[] settings = ["listen_addresses=127.0.0.1", $"port={free}", $"unix_socket_directories={folder}", "max_connections=200", "fsync=off", "shared_buffers=64MB"];
        server = Process.Start(Unprivileged(Path.Combine(Programs()!, "postgres"), ["-D", data, .. settings.SelectMany(setting => new[] { "-c", setting })]))!;
        server.OutputDataReceived += (_, _) => { };
        server.ErrorDataReceived += (_, _) => { };
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        for (int tries = 0; tries < 600; tries++)
        {
            if (server.HasExited)
                Assert.Fail("PostgreSQL ended at once.");
            if (await ExitCode(new(Path.Combine(Programs()!, "pg_isready"), ["-q", "-h", "127.0.0.1", "-p", $"{free}"])) == 0)
                return free;
            await Task.Delay(50);
        }
        Assert.Fail("PostgreSQL does not answer.");
        return 0;
    }

    // PostgreSQL refuses to run as root.
    private static ProcessStartInfo Unprivileged(string program, IReadOnlyList<string> arguments) =>
        new(Environment.UserName == "root" ? "setpriv" : program, Environment.UserName == "root" ? ["--reuid", "nobody", "--clear-groups", program, .. arguments] : arguments)
        {
            WorkingDirectory = "/",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

    private static async Task AsNobody(string program, params string[] arguments) => Assert.Equal(0, await ExitCode(Unprivileged(program, arguments)));

    private static async Task Run(string program, params string[] arguments) => Assert.Equal(0, await ExitCode(new(program, arguments)));

    private static async Task<int> ExitCode(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        await Task.WhenAll(output, error);
        return process.ExitCode;
    }

    // The newest that Debian's packages have put under /usr/lib/postgresql.
    private static string? Programs() =>
        !Directory.Exists("/usr/lib/postgresql") ? null : Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            .Where(bin => File.Exists(Path.Combine(bin, "initdb"))).OrderDescending(StringComparer.Ordinal).FirstOrDefault();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
