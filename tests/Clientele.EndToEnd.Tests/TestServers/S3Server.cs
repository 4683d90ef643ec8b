using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Clientele.Storage;

[assembly: AssemblyFixture(typeof(Clientele.Tests.TestServers.S3Server))]

namespace Clientele.Tests.TestServers;

/// <summary>s3rver: a server of S3's protocol, started when the first test asks, on a free port of this machine alone, in a folder that goes with it.</summary>
public sealed class S3Server : IAsyncDisposable
{
    /// <summary>The only bucket there is.</summary>
    public const string Bucket = "shop-files";
    /// <summary>Its access key and its secret one.</summary>
    public const string Key = "S3RVER";

    private readonly string folder = Directory.CreateTempSubdirectory("s3-").FullName;
    private readonly Lazy<Task<Uri>> address;
    private Process? server;
    private int prefixes;

    public S3Server()
    {
        // The product takes keys from the environment alone.
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", Key);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", Key);
        address = new(Start);
    }

    /// <summary>A place in which nothing is yet, as it stands in <c>artifacts:</c>.</summary>
    public async Task<string> NewPlace(string bucket = Bucket) => $"s3://{bucket}/place-{Interlocked.Increment(ref prefixes)}/files?endpoint={(await address.Value).GetLeftPart(UriPartial.Authority)}";

    public async Task<ObjectsAddress> NewAddress() => ObjectsAddress.Parse(await NewPlace(), "");

    /// <summary>Where s3rver keeps the content of all below a place.</summary>
    public IEnumerable<string> FilesOf(ObjectsAddress place) =>
        Directory.EnumerateFiles(Path.Combine(folder, place.Bucket, place.Prefix), "*._S3rver_object", SearchOption.AllDirectories);

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            server.Kill();
            await server.WaitForExitAsync();
            server.Dispose();
        }
        Directory.Delete(folder, recursive: true);
    }

    private async Task<Uri> Start()
    {
        string program = Path.Combine(TestData.Checkout, "node_modules", "s3rver", "bin", "s3rver.js");
        if (!File.Exists(program))
        {
            const string message = "s3rver is not installed. Run `./dev setup`.";
            if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 })
                Assert.Fail(message);
            Assert.Skip(message);
        }
        int port = FreePort();
        server = Process.Start(new ProcessStartInfo("node", [program, "--directory", folder, "--address", "127.0.0.1", "--port", $"{port}", "--silent", "--configure-bucket", Bucket])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        server.OutputDataReceived += (_, _) => { };
        server.ErrorDataReceived += (_, _) => { };
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        for (int tries = 0; tries < 600; tries++)
        {
            if (server.HasExited)
                Assert.Fail("s3rver ended at once.");
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return new($"http://127.0.0.1:{port}");
            }
            catch (SocketException)
            {
                await Task.Delay(50);
            }
        }
        Assert.Fail("s3rver does not answer.");
        return null;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
