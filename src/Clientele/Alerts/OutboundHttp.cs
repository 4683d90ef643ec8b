using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Clientele.Problems;

namespace Clientele.Alerts;

/// <summary>Calls to addresses that settings name: no redirects, no proxy, no cookies, and no private address unless that is allowed. The address that is checked is the one that is connected to.</summary>
internal static class OutboundHttp
{
    private static readonly HttpClient Public = New(allowPrivate: false), Any = New(allowPrivate: true);

    /// <exception cref="DeliveryException">No answer, or one that says no.</exception>
    /// <exception cref="ProblemException"><c>alerts/private-address</c>.</exception>
    public static async Task Post(Uri address, byte[] body, Action<HttpRequestHeaders> headers, bool allowPrivate, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") { CharSet = "utf-8" } } } };
        request.Headers.UserAgent.Add(new("Clientele", null));
        headers(request.Headers);
        try
        {
            using var response = await (allowPrivate ? Any : Public).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (!response.IsSuccessStatusCode)
                throw new DeliveryException($"It answered {(int)response.StatusCode}.", response.Headers.RetryAfter?.Delta);
        }
        catch (HttpRequestException failed) when (failed.InnerException is ProblemException refused)
        {
            throw refused;
        }
        catch (HttpRequestException failed)
        {
            throw new DeliveryException($"It could not be reached ({failed.HttpRequestError}).", inner: failed);
        }
        catch (OperationCanceledException slow) when (!cancel.IsCancellationRequested)
        {
            throw new DeliveryException("It did not answer in time.", inner: slow);
        }
    }

    private static HttpClient New(bool allowPrivate) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        ConnectCallback = async (context, cancel) =>
        {
            var addresses = await Addresses(context.DnsEndPoint.Host, allowPrivate, cancel);
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    })
    {
        Timeout = TimeSpan.FromSeconds(15),
    };

    /// <summary>Where a name leads.</summary>
    /// <exception cref="ProblemException"><c>alerts/private-address</c>: one of them is private, and that is not allowed.</exception>
    public static async Task<IPAddress[]> Addresses(string host, bool allowPrivate, CancellationToken cancel)
    {
        var addresses = await Dns.GetHostAddressesAsync(host.Trim('[', ']'), cancel);
        return allowPrivate || !addresses.Any(PrivateAddress.Is) ? addresses
            : throw new ProblemException(new("alerts/private-address", $"'{host}' leads to a private address.", "If it is meant to, say 'allow_private: true' beside its 'url'."));
    }
}
