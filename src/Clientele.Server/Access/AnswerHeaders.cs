using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Clientele.Server.Access;

/// <summary>What every answer says to browsers: what it is, that it stays out of frames and caches, and that nothing of other sites belongs in it.</summary>
internal static class AnswerHeaders
{
    private static readonly StringValues
        Data = "default-src 'none'; frame-ancestors 'none'",
        Page = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
        NoSniff = "nosniff", Deny = "DENY", NoReferrer = "no-referrer", NoStore = "no-store", SameOrigin = "same-origin";

    public static void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = context.GetEndpoint()?.Metadata.GetMetadata<PageRule>() is null ? Data : Page;
        headers.XContentTypeOptions = NoSniff;
        headers.XFrameOptions = Deny;
        headers.CacheControl = NoStore;
        headers["Referrer-Policy"] = NoReferrer;
        headers["Cross-Origin-Resource-Policy"] = SameOrigin;
    }

    /// <summary>Says of an end point that it answers with a page, whose scripts and styles are files of this service.</summary>
    public static T IsPage<T>(this T endpoint) where T : IEndpointConventionBuilder => endpoint.WithMetadata(new PageRule());

    private sealed record PageRule;
}
