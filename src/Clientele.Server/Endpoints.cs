using Clientele.Server.Operations;
using Clientele.Server.Predictions;
using Clientele.Server.Published;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Clientele.Server;

/// <summary>The groups of end points.</summary>
internal static class Endpoints
{
    public static void AddServices(IServiceCollection services) => services.AddOpenApi();

    public static void Map(WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapHealth();
        app.MapPredictions();
        app.MapPublished();
    }
}
