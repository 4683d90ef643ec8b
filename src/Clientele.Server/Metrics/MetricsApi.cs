using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Clientele.Server.Metrics;

/// <summary>What Prometheus asks for.</summary>
internal static class MetricsApi
{
    public static void MapMetrics(this IEndpointRouteBuilder app)
    {
        var metrics = app.ServiceProvider.GetRequiredService<ServiceMetrics>();
        app.Get("/metrics", context =>
        {
            context.Response.ContentType = Exposition.ContentType;
            return context.Response.WriteAsync(metrics.Expose(), Encoding.UTF8, context.RequestAborted);
        }).WithTags("Operations").WithSummary("Metrics in Prometheus' text format").Produces<string>(StatusCodes.Status200OK, "text/plain");
    }
}
