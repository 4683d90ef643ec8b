using Clientele.Server.Batches;
using Clientele.Server.Challengers;
using Clientele.Server.Customers;
using Clientele.Server.Inference;
using Clientele.Server.Invocations;
using Clientele.Server.Metrics;
using Clientele.Server.Models;
using Clientele.Server.Operations;
using Clientele.Server.Predictions;
using Clientele.Server.Published;
using Clientele.Server.Runs;
using Clientele.Server.Segments;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Clientele.Server;

/// <summary>The groups of end points.</summary>
internal static class Endpoints
{
    public static void AddServices(IServiceCollection services) => services.AddSingleton<ServiceMetrics>().AddBatches().AddOpenApi(OpenApiText.Set);

    public static void Map(WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapDocs();
        app.MapHealth();
        app.MapMetrics();
        app.MapPredictions();
        app.MapBatches();
        app.MapCustomers();
        app.MapSegments();
        app.MapModels();
        app.MapTrials();
        app.MapRuns();
        app.MapPublished();
        app.MapInference();
        app.MapInvocations();
    }
}
