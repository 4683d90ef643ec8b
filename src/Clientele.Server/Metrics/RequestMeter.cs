using System.Diagnostics;
using Clientele.Server.Challengers;
using Clientele.Server.Models;
using Clientele.Server.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Clientele.Server.Metrics;

/// <summary>Times every request.</summary>
internal sealed class RequestMeter(RequestDelegate next, ServiceMetrics metrics, ServedModels models, Leaving leaving)
{
    public async Task InvokeAsync(HttpContext context)
    {
        long begun = Stopwatch.GetTimestamp();
        metrics.Begin();
        leaving.Tell(context);
        Traces.Answer(context);
        try
        {
            await next(context);
        }
        finally
        {
            var taken = Stopwatch.GetElapsedTime(begun);
            var endpoint = context.GetEndpoint() as RouteEndpoint;
            if (endpoint?.Metadata.GetMetadata<PredictsMetadata>() is not null)
            {
                var (answered, other) = Answering.Who(context);
                metrics.Predicted(answered ?? models.Current, other, context.Response.StatusCode, taken);
            }
            metrics.End(MethodOf(context), endpoint?.RoutePattern.RawText ?? "none", context.Response.StatusCode, taken);
        }
    }

    // Whoever makes up methods must not make up series.
    private static string MethodOf(HttpContext context) => context.Request.Method is "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "PATCH" or "OPTIONS" ? context.Request.Method : "_OTHER";
}

/// <summary>Says of an end point that it answers with predictions.</summary>
internal sealed record PredictsMetadata;
