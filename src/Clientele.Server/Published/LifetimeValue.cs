using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Clientele.Learning;
using Clientele.Server.Json;
using Clientele.Server.Models;

namespace Clientele.Server.Published;

/// <summary>What clv-prediction answers: nine numbers → <c>{"predicted_clv_6m": …}</c>, never below 0. Members that it does not know are passed over.</summary>
internal static class LifetimeValue
{
    public static AnswerBuffer Answer(in ReadOnlySequence<byte> body, ServedModel model, ServedValueModel value)
    {
        var problems = new FieldProblems();
        var json = new Utf8JsonReader(body);
        json.Read();
        var row = new Matrix(1, value.Fields.Names.Count);
        value.Fields.Read(ref json, row.Row(0), problems, () => "");
        json.Read();
        problems.Refuse();
        var answer = AnswerBuffer.Take();
        answer.Json.WriteStartObject();
        answer.Json.WriteNumber("predicted_clv_6m"u8, model.Value(row)[0]);
        answer.Json.WriteEndObject();
        return answer;
    }
}

internal sealed record LifetimeValueAnswer([property: JsonPropertyName("predicted_clv_6m")] double Value);
