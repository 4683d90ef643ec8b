using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Clientele.Server.Access;

/// <summary>What every answer says to browsers: what it is, that it stays out of frames and caches, and that nothing of other sites belongs in it.</summary>
internal static class AnswerHeaders
{
    private static readonly StringValues
        Data = "default-src 'none'; frame-ancestors 'none'",
        NoSniff = "nosniff", Deny = "DENY", NoReferrer = "no-referrer", NoStore = "no-store", SameOrigin = "same-origin";

    public static void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = context.GetEndpoint()?.Metadata.GetMetadata<PageRule>()?.Policy ?? Data;
        headers.XContentTypeOptions = NoSniff;
        headers.XFrameOptions = Deny;
        headers.CacheControl = NoStore;
        headers["Referrer-Policy"] = NoReferrer;
        headers["Cross-Origin-Resource-Policy"] = SameOrigin;
    }

    /// <summary>Says of an end point that it answers with a page, whose scripts and styles are files of this service, or these.</summary>
    public static T IsPage<T>(this T endpoint, params IEnumerable<string> styles) where T : IEndpointConventionBuilder => endpoint.WithMetadata(new PageRule(
        $"default-src 'self'; style-src 'self'{string.Concat(styles.Select(style => $" 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'"))}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"));

    private sealed record PageRule(StringValues Policy);
}
