using Microsoft.Extensions.Logging;

namespace Clientele.Server;

/// <summary>Logs are lines of JSON on standard error: what the service did, and its mistakes. Requests are counted, not logged.</summary>
internal static class Logs
{
    public static void Set(ILoggingBuilder logging)
    {
        logging.ClearProviders().SetMinimumLevel(LogLevel.Warning).AddFilter("Clientele", LogLevel.Information)
            .AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Critical)      // what callers do wrong is told to them
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)      // with it the host would make an activity of every request
            .AddJsonConsole(json => (json.UseUtcTimestamp, json.TimestampFormat) = (true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
        logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
