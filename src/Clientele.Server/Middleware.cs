using Clientele.Server.Limits;
using Clientele.Server.Metrics;
using Microsoft.AspNetCore.Builder;

namespace Clientele.Server;

/// <summary>Through what every request goes, the first first. What guards the service stands before what it guards.</summary>
internal static class Middleware
{
    public static void Use(WebApplication app)
    {
        app.UseMiddleware<RequestMeter>();
        app.UseMiddleware<ErrorEdge>();
        app.UseRouting();
        app.UseMiddleware<Guard>();
        app.UseMiddleware<TimeLimit>();
    }
}
