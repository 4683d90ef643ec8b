using Clientele.Server.Access;
using Clientele.Server.Challengers;
using Clientele.Server.Json;
using Clientele.Server.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Clientele.Server.Inference;

/// <summary>The Open Inference Protocol v2, as KServe, Triton and MLServer speak it.</summary>
internal static class InferenceApi
{
    public static void MapInference(this IEndpointRouteBuilder app)
    {
        var models = app.ServiceProvider.GetRequiredService<ServedModels>();
        Described(app.Get("/v2", context => Answers.Send(context, new InferenceServer("clientele", Pipeline.ProductVersion.Text, []), AnswerJson.Default.InferenceServer)), "The server").Produces<InferenceServer>();
        Described(app.Get("/v2/health/live", context => Answers.Send(context, new InferenceLive(true), AnswerJson.Default.InferenceLive)), "Alive").NeedsNoKey().Produces<InferenceLive>();
        Described(app.Get("/v2/health/ready", context => Answers.Send(context, new InferenceReady(true, true), AnswerJson.Default.InferenceReady)), "All models are loaded").NeedsNoKey().Produces<InferenceReady>();
        foreach (string model in new[] { "/v2/models/{model}", "/v2/models/{model}/versions/{version}" })
        {
            Described(app.Get(model, context => Answers.Send(context, InferenceTensors.Describe(Asked(context, models)), AnswerJson.Default.InferenceModel)), "What the model takes and answers").Produces<InferenceModel>();
            Described(app.Get($"{model}/ready", context => Answers.Send(context, new InferenceModelReady(Asked(context, models).Version.Model, true), AnswerJson.Default.InferenceModelReady)), "The model is loaded").Produces<InferenceModelReady>();
            Described(app.Post($"{model}/infer", context => Infer(context, models)), "Predictions").Predicts().Accepts<InferenceRequest>(AnswerBuffer.JsonType).Produces<InferenceAnswer>().Produces<InferenceError>(StatusCodes.Status400BadRequest);
        }
    }

    private static RouteHandlerBuilder Described(RouteHandlerBuilder endpoint, string summary) =>
        endpoint.WithTags("Open Inference Protocol").WithSummary(summary).WithMetadata(new ErrorFormatMetadata(ErrorFormat.OpenInference)).Produces<InferenceError>(StatusCodes.Status404NotFound);

    private static async Task Infer(HttpContext context, ServedModels models)
    {
        using var body = await RequestBody.Read(context);
        var said = Asked(context, models);
        var model = context.Request.RouteValues["version"] is null ? Answering.One(context, models, body.Bytes) : Answering.Named(context, said);
        var asked = InferenceTensors.Read(body.Bytes, model);
        var answer = AnswerBuffer.Take();
        InferenceTensors.Write(answer.Json, model, asked);
        await answer.Send(context);
    }

    // Without a number, the champion.
    private static ServedModel Asked(HttpContext context, ServedModels models)
    {
        var lineup = models.Lineup;
        string? name = (string?)context.Request.RouteValues["model"], version = (string?)context.Request.RouteValues["version"];
        if (name != lineup.Champion.Version.Model)
            throw new RequestException(StatusCodes.Status404NotFound, new("models/unknown", "There is no such model here.", $"Ask for '{lineup.Champion.Version.Model}'."), []);
        return version is null || version == lineup.Champion.VersionText ? lineup.Champion
            : lineup.Canary.Model is { } canary && version == canary.VersionText ? canary
            : throw new RequestException(StatusCodes.Status404NotFound, new("models/unknown", "This version does not answer.", $"Ask for version {lineup.Champion.VersionText}, or leave it out."), []);
    }
}

internal sealed record InferenceServer(string Name, string Version, IReadOnlyList<string> Extensions);

internal sealed record InferenceLive(bool Live);

// The specification's text has "live" here, what implements it "ready".
internal sealed record InferenceReady(bool Ready, bool Live);

internal sealed record InferenceModelReady(string Name, bool Ready);

internal sealed record InferenceModel(string Name, IReadOnlyList<string> Versions, string Platform, IReadOnlyList<InferenceTensorShape> Inputs, IReadOnlyList<InferenceTensorShape> Outputs);

/// <param name="Shape">−1: any number.</param>
internal sealed record InferenceTensorShape(string Name, string Datatype, IReadOnlyList<int> Shape);

/// <param name="Inputs">One of n × features, or one column of n for every feature, under its name.</param>
/// <param name="Outputs">Which are wanted; left out: all.</param>
internal sealed record InferenceRequest(string? Id, IReadOnlyList<InferenceTensor> Inputs, IReadOnlyList<InferenceOutput>? Outputs);

internal sealed record InferenceTensor(string Name, IReadOnlyList<int> Shape, string Datatype, IReadOnlyList<double> Data);

internal sealed record InferenceOutput(string Name);

internal sealed record InferenceAnswer(string ModelName, string ModelVersion, string? Id, IReadOnlyList<InferenceOutputTensor> Outputs);

/// <param name="Data">Numbers, texts or truth values, as <paramref name="Datatype"/> says.</param>
internal sealed record InferenceOutputTensor(string Name, string Datatype, IReadOnlyList<int> Shape, IReadOnlyList<System.Text.Json.Nodes.JsonNode> Data);

internal sealed record InferenceError(string Error);
