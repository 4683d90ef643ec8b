using System.Text.Json;
using Clientele.Segments;
using Clientele.Access;
using Clientele.Server.Access;
using Clientele.Server.Json;
using Clientele.Server.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Clientele.Server.Predictions;

/// <summary>Our own interface: which segment a customer belongs to, and how sure that is.</summary>
internal static class PredictionApi
{
    public static void MapPredictions(this IEndpointRouteBuilder app)
    {
        var models = app.ServiceProvider.GetRequiredService<ServedModels>();
        app.Post("/api/v1/predict", context => One(context, models))
            .Needs(Role.Viewer).WithTags("Predictions").WithSummary("The segment of one customer").Accepts<PredictionRequest>(AnswerBuffer.JsonType).Produces<PredictionAnswer>().ProducesProblem(StatusCodes.Status400BadRequest);
        app.Post("/api/v1/predict/many", context => Many(context, models))
            .Needs(Role.Viewer).WithTags("Predictions").WithSummary("The segments of many customers").Accepts<ManyPredictionsRequest>(AnswerBuffer.JsonType).Produces<ManyPredictionsAnswer>().ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task One(HttpContext context, ServedModels models)
    {
        using var body = await RequestBody.Read(context);
        var model = models.Current;
        var asked = CustomersReader.One(body.Bytes, model.Features);
        var scores = model.Score(asked.Rows);
        var answer = AnswerBuffer.Take();
        Write(answer.Json, model, asked, scores, 0, withModel: true);
        await answer.Send(context);
    }

    private static async Task Many(HttpContext context, ServedModels models)
    {
        using var body = await RequestBody.Read(context);
        var model = models.Current;
        var asked = CustomersReader.Many(body.Bytes, model.Features);
        var scores = model.Score(asked.Rows);
        var answer = AnswerBuffer.Take();
        answer.Json.WriteStartObject();
        WriteModel(answer.Json, model);
        answer.Json.WriteStartArray("predictions"u8);
        for (int i = 0; i < asked.Rows.Rows; i++)
            Write(answer.Json, model, asked, scores, i, withModel: false);
        answer.Json.WriteEndArray();
        answer.Json.WriteEndObject();
        await answer.Send(context);
    }

    private static void Write(Utf8JsonWriter json, ServedModel model, AskedCustomers asked, SegmentAssignment scores, int i, bool withModel)
    {
        var (label, second, distance) = (scores.Labels[i], scores.SecondNearest[i], scores.Distances[i]);
        var (secondDistance, confidence) = model.Segments.Certainty(asked.Rows.Row(i), label, distance, second);
        json.WriteStartObject();
        if (asked.Ids[i] is { } id)
            json.WriteString("id"u8, id);
        json.WriteNumber("segment"u8, label + 1);
        json.WriteString("persona"u8, model.PersonaOf(label));
        json.WriteNumber("distance"u8, distance);
        json.WriteNumber("confidence"u8, confidence);
        json.WriteStartObject("second_nearest"u8);
        json.WriteNumber("segment"u8, second + 1);
        json.WriteString("persona"u8, model.PersonaOf(second));
        json.WriteNumber("distance"u8, secondDistance);
        json.WriteEndObject();
        json.WriteBoolean("outlier"u8, scores.Outliers[i]);
        if (withModel)
            WriteModel(json, model);
        json.WriteEndObject();
    }

    private static void WriteModel(Utf8JsonWriter json, ServedModel model)
    {
        json.WriteString("model"u8, model.Version.Model);
        json.WriteNumber("model_version"u8, model.Version.Version);
    }
}
