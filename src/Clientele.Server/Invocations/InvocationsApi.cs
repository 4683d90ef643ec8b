using System.Text.Json;
using Clientele.Learning;
using Clientele.Server.Challengers;
using Clientele.Server.Json;
using Clientele.Server.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Clientele.Server.Invocations;

/// <summary>MLflow's scoring protocol: <c>dataframe_split</c>, <c>dataframe_records</c>, <c>instances</c> and <c>inputs</c>, or CSV.</summary>
internal static class InvocationsApi
{
    public static void MapInvocations(this IEndpointRouteBuilder app)
    {
        var models = app.ServiceProvider.GetRequiredService<ServedModels>();
        app.Post("/invocations", context => Predict(context, models))
            .Predicts().WithTags("MLflow").WithSummary("Predictions of rows of features").Accepts<InvocationsRequest>(AnswerBuffer.JsonType, "text/csv").Produces<InvocationsAnswer>().ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task Predict(HttpContext context, ServedModels models)
    {
        using var body = await RequestBody.Read(context);
        var model = Answering.One(context, models, body.Bytes);
        var fields = model.Values?.Fields ?? model.Features;
        bool csv = context.Request.ContentType?.StartsWith("text/csv", StringComparison.OrdinalIgnoreCase) == true;
        var rows = csv ? InvocationCsv.Read(body.Bytes, fields) : InvocationRows.Read(body.Bytes, fields);
        var answer = AnswerBuffer.Take();
        Write(answer.Json, model, rows);
        await answer.Send(context);
    }

    private static void Write(Utf8JsonWriter json, ServedModel model, Matrix rows)
    {
        json.WriteStartObject();
        json.WriteStartArray("predictions"u8);
        if (model.Values is not null)
            foreach (double value in model.Value(rows))
                json.WriteNumberValue(value);
        else
        {
            var scores = model.Score(rows).Assigned;
            for (int i = 0; i < rows.Rows; i++)
            {
                json.WriteStartObject();
                json.WriteNumber("segment"u8, scores.Labels[i] + 1);
                json.WriteString("persona"u8, model.PersonaOf(scores.Labels[i]));
                json.WriteNumber("distance"u8, scores.Distances[i]);
                json.WriteNumber("second_nearest"u8, scores.SecondNearest[i] + 1);
                json.WriteBoolean("outlier"u8, scores.Outliers[i]);
                json.WriteEndObject();
            }
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}

/// <summary>Exactly one of these.</summary>
internal sealed record InvocationsRequest(
    InvocationSplit? DataframeSplit, IReadOnlyList<IReadOnlyDictionary<string, double>>? DataframeRecords, IReadOnlyList<IReadOnlyDictionary<string, double>>? Instances, IReadOnlyDictionary<string, IReadOnlyList<double>>? Inputs);

internal sealed record InvocationSplit(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<double>> Data);

/// <param name="Predictions">Of a value model, numbers.</param>
internal sealed record InvocationsAnswer(IReadOnlyList<InvocationAnswer> Predictions);

internal sealed record InvocationAnswer(int Segment, string Persona, double Distance, int SecondNearest, bool Outlier);
