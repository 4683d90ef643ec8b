using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Clientele.Server;

/// <summary>
/// W3C Trace Context: the trace under which a caller knows a request, in errors and logs of ours too, and in the answer, with our part of it as parent. What is no <c>traceparent</c> begins a new trace.
/// Source: https://www.w3.org/TR/trace-context/ §3.2. Nobody else is asked while a request is answered, so there is nobody to pass <c>tracestate</c> on to.
/// </summary>
internal static class Traces
{
    private const int Length = 55, Trace = 3, Parent = 36, Flags = 53;
    private static readonly object Key = new();
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <returns>32 hexadecimal digits. Found out only where it is told.</returns>
    public static string IdOf(HttpContext context)
    {
        if (context.Items.TryGetValue(Key, out object? known))
            return (string)known!;
        string id = context.Request.Headers.TraceParent is [{ } sent] && IsTraceParent(sent) ? sent.Substring(Trace, 32) : ActivityTraceId.CreateRandom().ToHexString();
        context.Items[Key] = id;
        return id;
    }

    /// <summary>Tells a caller who keeps traces which one its request went on in.</summary>
    public static void Answer(HttpContext context)
    {
        if (context.Request.Headers.TraceParent is not { Count: > 0 } sent)
            return;
        // Whether it is recorded is the caller's to say; of its other flags nothing is known here.
        bool sampled = sent is [{ } parent] && IsTraceParent(parent) && (byte.Parse(parent.AsSpan(Flags, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) & 1) != 0;
        context.Response.Headers.TraceParent = $"00-{IdOf(context)}-{ActivitySpanId.CreateRandom().ToHexString()}-{(sampled ? "01" : "00")}";
    }

    // A later version may say more after what this one knows.
    private static bool IsTraceParent(string text) =>
        text.Length >= Length && text[2] == '-' && text[Parent - 1] == '-' && text[Flags - 1] == '-'
        && IsHex(text.AsSpan(0, 2)) && text[..2] is var version && version != "ff" && (text.Length == Length || (version != "00" && text[Length] == '-'))
        && IsId(text.AsSpan(Trace, 32)) && IsId(text.AsSpan(Parent, 16)) && IsHex(text.AsSpan(Flags, 2));

    private static bool IsId(ReadOnlySpan<char> text) => IsHex(text) && text.ContainsAnyExcept('0');

    private static bool IsHex(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Digits);
}
