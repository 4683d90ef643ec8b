using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Clientele.Tests.Receivers;

/// <param name="Headers">By name in small letters.</param>
internal sealed record ReceivedCall(string Path, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>An HTTP server on this machine that keeps what it gets and answers as it is told.</summary>
internal sealed class HttpReceiver : IDisposable
{
    private readonly HttpListener listener = new();

    public HttpReceiver()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        }
        listener.Prefixes.Add($"{Address}/");
        listener.Start();
        _ = Listen();
    }

    public string Address { get; }
    public ConcurrentQueue<ReceivedCall> Calls { get; } = [];
    public int Answer { get; set; } = 200;
    public (string Name, string Value)? Header { get; set; }

    public void Dispose() => listener.Close();

    private async Task Listen()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                Calls.Enqueue(new(context.Request.RawUrl!, context.Request.Headers.AllKeys.ToDictionary(key => key!.ToLowerInvariant(), key => context.Request.Headers[key]!), await reader.ReadToEndAsync()));
                context.Response.StatusCode = Answer;
                if (Header is { } header)
                    context.Response.Headers[header.Name] = header.Value;
                context.Response.Close();
            }
        }
        catch (Exception closed) when (closed is ObjectDisposedException or HttpListenerException or InvalidOperationException)
        {
            // The test is over.
        }
    }
}
