using System.Collections.Frozen;
using System.Net;
using Clientele.Problems;
using Microsoft.AspNetCore.Http;

namespace Clientele.Server.Access;

/// <summary>
/// Keeps pages from elsewhere out. A browser that was led here by a name of theirs (DNS rebinding) says that name; one that sends a form or a request across sites says where it comes from.
/// An address is no such name: nobody can make one mean this machine.
/// </summary>
/// <param name="names">By which the service may be called, besides <c>localhost</c> and addresses.</param>
internal sealed class HostRule(IEnumerable<string> names)
{
    private readonly FrozenSet<string> known = names.Append("localhost").ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public Problem? Against(HttpRequest request)
    {
        if (!IsKnown(request.Host.Host))
            return new("access/host", "The service is not called by this name.", "Add the name to `serve: hosts:` in clientele.yaml, or use an address.");
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return null;
        // 'null' is what a page says that hides where it is from.
        bool fromElsewhere = request.Headers.Origin is [var origin, ..] && !IsOwn(origin, request.Host);
        return fromElsewhere || request.Headers["Sec-Fetch-Site"] is ["cross-site" or "same-site", ..]
            ? new("access/origin", "A page from elsewhere must not send this.", "Send it from a page of this service, or from a program.")
            : null;
    }

    private bool IsKnown(string host) => known.Contains(host) || IPAddress.TryParse(host.AsSpan().Trim("[]"), out _);

    private static bool IsOwn(string? origin, HostString host) => Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase);
}
