using Clientele.Server.Access;
using Clientele.Server.Challengers;
using Clientele.Server.Json;
using Clientele.Server.Models;
using Clientele.Server.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Clientele.Server.Published;

/// <summary>
/// Requests as the clients of other systems send them. The bundle that is served decides whose <c>POST /predict</c> this is: a value model is
/// clv-prediction's, all others are Ecommerce-Data-MLOps's. What else is to be understood joins here.
/// </summary>
internal static class PublishedApi
{
    public static void MapPublished(this IEndpointRouteBuilder app)
    {
        var models = app.ServiceProvider.GetRequiredService<ServedModels>();
        app.Get("/ping", context => Answers.Send(context, new HealthAnswer("healthy"), AnswerJson.Default.HealthAnswer)).NeedsNoKey().WithTags("Published").WithSummary("Alive").Produces<HealthAnswer>();
        app.Post("/predict", context => Predict(context, models))
            .Predicts().WithTags("Published").WithSummary("As the served model's publication answers: clusters of instances, or six months' value of nine numbers")
            .Accepts<InstancesRequest>(AnswerBuffer.JsonType).Produces<ClustersAnswer>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task Predict(HttpContext context, ServedModels models)
    {
        using var body = await RequestBody.Read(context);
        var model = Answering.One(context, models, body.Bytes);
        if (model.Values is not { } value)
        {
            await Instances.Answer(body.Bytes, model).Send(context);
            return;
        }
        ErrorFormats.Answer(context, ErrorFormat.FieldDetails);
        await LifetimeValue.Answer(body.Bytes, model, value).Send(context);
    }
}
