using System.Net.Sockets;
using System.Text;

namespace Clientele.Tests.Attacks;

/// <summary>An answer as it came over the wire.</summary>
/// <param name="Status">0: the connection was closed without a word that HTTP/1.1 knows.</param>
internal sealed record Exchange(int Status, string Head, string Body)
{
    // Long past every limit of the service: who has not answered by then hangs.
    private static readonly TimeSpan Hanging = TimeSpan.FromSeconds(60);

    /// <summary>Sends bytes on a connection of their own, as no client library would, and reads until the service closes it.</summary>
    public static async Task<Exchange> Raw(ServedShop shop, byte[] request)
    {
        using var end = new CancellationTokenSource(Hanging);
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", shop.Service.Addresses[0].Port, end.Token);
        var stream = client.GetStream();
        using var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(request, end.Token);
            client.Client.Shutdown(SocketShutdown.Send);
            await stream.CopyToAsync(answer, end.Token);
        }
        catch (IOException)
        {
            // Closed in the middle of what it did not want to read; what it said before stands.
        }
        string text = Encoding.Latin1.GetString(answer.ToArray());
        if (!text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal))
            return new(0, "", text);
        int body = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return new(int.Parse(text.AsSpan(9, 3), null), text[..body], Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text[(body + 4)..])));
    }

    public static Task<Exchange> Raw(ServedShop shop, string method, string target, string body = "", string headers = "") => Raw(shop, Encoding.UTF8.GetBytes(
        $"{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}{(body.Length > 0 || method is "POST" or "PUT" ? $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n" : "")}\r\n{body}"));

    public static async Task<Exchange> Send(ServedShop shop, string method, string path, byte[]? body, string type = "application/json")
    {
        using var end = new CancellationTokenSource(Hanging);
        using var request = new HttpRequestMessage(new(method), new Uri(path, UriKind.Relative)) { Content = body is null ? null : new ByteArrayContent(body) };
        request.Content?.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await shop.Http.SendAsync(request, end.Token);
        return new((int)response.StatusCode, $"{response.Headers}{response.Content.Headers}", await response.Content.ReadAsStringAsync(end.Token));
    }
}
