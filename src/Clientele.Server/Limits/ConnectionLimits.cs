using Clientele.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Clientele.Server.Limits;

/// <summary>What a connection may do before a request is even one: how large, how many, how slow.</summary>
internal static class ConnectionLimits
{
    private const int MostConnections = 10_000, MostHeaderBytes = 32 * 1_024, MostHeaders = 64, LongestLine = 8 * 1_024;
    private static readonly TimeSpan Headers = TimeSpan.FromSeconds(10), Idle = TimeSpan.FromSeconds(130), Grace = TimeSpan.FromSeconds(5);

    // Who sends or takes fewer bytes than this in a second, after the grace, holds a connection for nothing.
    private const double SlowestRate = 240;

    public static void Set(KestrelServerOptions kestrel, ServeSettings settings)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = (long)settings.MaxBodyMib << 20;
        limits.MaxConcurrentConnections = MostConnections;
        limits.MaxRequestHeadersTotalSize = MostHeaderBytes;
        limits.MaxRequestHeaderCount = MostHeaders;
        limits.MaxRequestLineSize = LongestLine;
        limits.RequestHeadersTimeout = Headers;
        limits.KeepAliveTimeout = Idle;
        limits.MinRequestBodyDataRate = new(SlowestRate, Grace);
        limits.MinResponseDataRate = new(SlowestRate, Grace);
    }
}
