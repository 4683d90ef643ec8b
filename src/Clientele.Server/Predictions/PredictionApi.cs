using Clientele.Scoring;
using Clientele.Server.Challengers;
using Clientele.Server.Customers;
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
            .Predicts().WithTags("Predictions").WithSummary("The segment of one customer").Accepts<PredictionRequest>(AnswerBuffer.JsonType).Produces<PredictionAnswer>().ProducesProblem(StatusCodes.Status400BadRequest);
        app.Post("/api/v1/predict/many", context => Many(context, models))
            .Predicts().WithTags("Predictions").WithSummary("The segments of many customers").Accepts<ManyPredictionsRequest>(AnswerBuffer.JsonType).Produces<ManyPredictionsAnswer>().ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task One(HttpContext context, ServedModels models)
    {
        using var body = await RequestBody.Read(context);
        var asked = new CustomersReader(Answering.One(context, models, body.Bytes)).One(body.Bytes);
        var scores = asked.Model.Score(asked.Rows);
        var values = asked.Values();
        var answer = AnswerBuffer.Take();
        PredictionWriter.Write(answer.Json, asked, scores, values, 0, withModel: true);
        await answer.Send(context);
    }

    private static async Task Many(HttpContext context, ServedModels models)
    {
        using var body = await RequestBody.Read(context);
        var answers = Answering.Each(context, models, body.Bytes);
        var asked = new CustomersReader(answers(0)).Many(body.Bytes, answers);
        var parts = asked.Parts();
        SegmentScores[] scores = [.. parts.Select(part => part.Model.Score(part.Rows))];
        IReadOnlyList<ValueAnswer?>?[] values = [.. parts.Select(part => part.Values())];
        int[] next = new int[parts.Count];
        var answer = AnswerBuffer.Take();
        answer.Json.WriteStartObject();
        PredictionWriter.Model(answer.Json, answers(-1));
        answer.Json.WriteStartArray("predictions"u8);
        foreach (int part in asked.Order)
            PredictionWriter.Write(answer.Json, parts[part], scores[part], values[part], next[part]++, withModel: parts.Count > 1);
        answer.Json.WriteEndArray();
        answer.Json.WriteEndObject();
        await answer.Send(context);
    }
}
