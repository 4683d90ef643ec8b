using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Clientele.Tests.Serving;

/// <summary>The real program, told to stop by a real signal while it is at work.</summary>
public sealed class LeavingTests(TrainedShop shop) : IClassFixture<TrainedShop>
{
    [Fact]
    public async Task Told_to_stop_under_load_it_drops_no_request()
    {
        await using var served = await ServedProgram.Start(shop.Folder, "--no-scheduler");
        string asked = await served.Asked();
        byte[] request = Request(asked);
        // One that is half sent when the signal comes.
        using var slow = await Connection.To(served.Address);
        await slow.Send(request[..^10]);
        var load = Enumerable.Range(0, 8).Select(_ => Load(served.Address, request)).ToList();
        await served.Until(async () => await served.Metric("clv_requests_total") > 100);

        await served.Signal("TERM");

        await served.Until(async () => await Ready(served.Address) != 200);
        await slow.Send(request[^10..]);
        Assert.Equal((200, true), await slow.Answer());
        var loads = await Task.WhenAll(load);
        Assert.All(loads, one => Assert.True(one is { Answered: > 0, AskedToClose: > 0 }, $"{one}"));
        Assert.Equal(0, await served.Ended());
    }

    // As whoever balances load does it: a new connection is first asked whether it is good for more, and one that is asked to be closed is. Every request that was sent must be answered.
    private static async Task<(int Answered, int AskedToClose)> Load(Uri address, byte[] request)
    {
        var (answered, closed) = (0, 0);
        while (await Ready(address) == 200)
        {
            using var connection = await Connection.To(address);
            for (bool close = false; !close; answered++)
            {
                await connection.Send(request);
                (int status, close) = await connection.Answer();
                Assert.Equal(200, status);
                closed += close ? 1 : 0;
            }
        }
        return (answered, closed);
    }

    // 0: nobody listens any more.
    private static async Task<int> Ready(Uri address)
    {
        try
        {
            using var connection = await Connection.To(address);
            await connection.Send("GET /ready HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
            return (await connection.Answer()).Status;
        }
        catch (Exception gone) when (gone is SocketException or IOException)
        {
            return 0;
        }
    }

    private static byte[] Request(string body) => Encoding.UTF8.GetBytes(
        $"POST /api/v1/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    /// <summary>HTTP without a library that would send again what was dropped.</summary>
    private sealed class Connection(TcpClient client) : IDisposable
    {
        private readonly NetworkStream stream = client.GetStream();

        public static async Task<Connection> To(Uri address)
        {
            var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync(address.Host, address.Port);
            return new(client);
        }

        public async Task Send(byte[] bytes) => await stream.WriteAsync(bytes);

        /// <returns>When all of it is there.</returns>
        public async Task<(int Status, bool Close)> Answer()
        {
            var text = new StringBuilder();
            byte[] buffer = new byte[4096];
            while (true)
            {
                int read = await stream.ReadAsync(buffer);
                if (read == 0)
                    throw new IOException("The connection was closed before the answer was complete.");
                text.Append(Encoding.Latin1.GetString(buffer, 0, read));
                if (text.ToString().Split("\r\n\r\n", 2) is [var head, var body] && body.Length == Length(head))
                    return (int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture), head.Contains("Connection: close", StringComparison.OrdinalIgnoreCase));
            }
        }

        private static int Length(string head) =>
            int.Parse(head.Split("\r\n").Single(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Split(':')[1], CultureInfo.InvariantCulture);

        public void Dispose() => client.Dispose();
    }
}
