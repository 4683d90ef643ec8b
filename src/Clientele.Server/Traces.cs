using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Clientele.Server;

/// <summary>W3C trace context: the id under which a caller knows a request, in errors and logs of ours too. Found out only where it is told.</summary>
internal static class Traces
{
    private static readonly object Key = new();

    /// <returns>32 hexadecimal digits: the caller's where it sent a <c>traceparent</c>, else one of our own.</returns>
    public static string IdOf(HttpContext context)
    {
        if (context.Items.TryGetValue(Key, out object? known))
            return (string)known!;
        string id = ActivityContext.TryParse(context.Request.Headers.TraceParent, context.Request.Headers.TraceState, out var parent) ? parent.TraceId.ToHexString() : ActivityTraceId.CreateRandom().ToHexString();
        context.Items[Key] = id;
        return id;
    }
}
