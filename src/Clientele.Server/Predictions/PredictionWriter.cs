using System.Text.Json;
using Clientele.Scoring;
using Clientele.Server.Customers;
using Clientele.Server.Models;

namespace Clientele.Server.Predictions;

/// <summary>Writes what <see cref="PredictionAnswer"/> describes, without making one.</summary>
internal static class PredictionWriter
{
    public static void Write(Utf8JsonWriter json, AskedCustomers asked, SegmentScores scores, IReadOnlyList<ValueAnswer?>? values, int i, bool withModel)
    {
        var model = asked.Model;
        var (label, second) = (scores.Assigned.Labels[i], scores.Assigned.SecondNearest[i]);
        var certainty = model.Segments.Certainty(scores, i);
        var customer = asked.Customers[i];
        json.WriteStartObject();
        if (customer.Id is { } id)
            json.WriteString("id"u8, id);
        json.WriteNumber("segment"u8, label + 1);
        json.WriteString("persona"u8, model.PersonaOf(label));
        json.WriteNumber("distance"u8, scores.Assigned.Distances[i]);
        json.WriteNumber("confidence"u8, certainty.Confidence);
        json.WriteStartObject("second_nearest"u8);
        json.WriteNumber("segment"u8, second + 1);
        json.WriteString("persona"u8, model.PersonaOf(second));
        json.WriteNumber("distance"u8, certainty.SecondDistance);
        json.WriteEndObject();
        json.WriteBoolean("outlier"u8, scores.Assigned.Outliers[i]);
        Reasons(json, model, scores, i);
        if (values?[i] is { } value)
            Value(json, value);
        if (withModel)
            Model(json, model);
        json.WriteEndObject();
    }

    public static void Model(Utf8JsonWriter json, ServedModel model)
    {
        json.WriteString("model"u8, model.Version.Model);
        json.WriteNumber("model_version"u8, model.Version.Version);
    }

    private static void Reasons(Utf8JsonWriter json, ServedModel model, SegmentScores scores, int i)
    {
        json.WriteStartArray("reasons"u8);
        foreach (var reason in model.Segments.Reasons(scores, i))
        {
            json.WriteStartObject();
            json.WriteString("feature"u8, reason.Feature);
            json.WriteString("label"u8, model.LabelOf(reason.Feature));
            json.WriteNumber("value"u8, reason.Value);
            json.WriteNumber("pull"u8, reason.Pull);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Value(Utf8JsonWriter json, ValueAnswer value)
    {
        json.WritePropertyName("value"u8);
        JsonSerializer.Serialize(json, value, Json.AnswerJson.Default.ValueAnswer);
    }
}
