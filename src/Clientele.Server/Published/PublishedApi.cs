using Clientele.Access;
using Clientele.Server.Access;
using Clientele.Server.Json;
using Clientele.Server.Models;
using Clientele.Server.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Clientele.Server.Published;

/// <summary>Requests as the clients of other systems send them. The bundle that is served decides whose <c>POST /predict</c> this is.</summary>
internal static class PublishedApi
{
    public static void MapPublished(this IEndpointRouteBuilder app)
    {
        var models = app.ServiceProvider.GetRequiredService<ServedModels>();
        app.Get("/ping", context => Answers.Send(context, new HealthAnswer("healthy"), AnswerJson.Default.HealthAnswer)).NeedsNoKey().WithTags("Published").WithSummary("Alive").Produces<HealthAnswer>();
        app.Post("/predict", context => Predict(context, models))
            .Needs(Role.Viewer).WithTags("Published").WithSummary("The clusters of instances").Accepts<InstancesRequest>(AnswerBuffer.JsonType).Produces<ClustersAnswer>().ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task Predict(HttpContext context, ServedModels models)
    {
        using var body = await RequestBody.Read(context);
        await Instances.Answer(body.Bytes, models.Current).Send(context);
    }
}
