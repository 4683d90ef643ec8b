using System.Buffers;
using System.Text.Json;
using Clientele.Server.Json;
using Clientele.Server.Models;

namespace Clientele.Server.Published;

/// <summary>
/// What Ecommerce-Data-MLOps answers on Vertex AI: <c>{"instances": [{"PC1": …}]}</c> → <c>{"predictions": [{"cluster": 0}]}</c>. Its clients compute the principal
/// components themselves, so instances are places in the model's space; the model's named features are understood too. Clusters count from 0.
/// </summary>
internal static class Instances
{
    public static AnswerBuffer Answer(in ReadOnlySequence<byte> body, ServedModel model)
    {
        var problems = new FieldProblems();
        var json = new Utf8JsonReader(body);
        json.Read();
        var labels = Labels(ref json, model, problems);
        json.Read();
        problems.Refuse();
        var answer = AnswerBuffer.Take();
        answer.Json.WriteStartObject();
        answer.Json.WriteStartArray("predictions"u8);
        foreach (int label in labels)
        {
            answer.Json.WriteStartObject();
            answer.Json.WriteNumber("cluster"u8, label);
            answer.Json.WriteEndObject();
        }
        answer.Json.WriteEndArray();
        answer.Json.WriteEndObject();
        return answer;
    }

    private static IReadOnlyList<int> Labels(ref Utf8JsonReader json, ServedModel model, FieldProblems problems)
    {
        IReadOnlyList<int>? labels = null;
        if (json.TokenType != JsonTokenType.StartObject)
        {
            problems.Add("", "This must be an object with the array 'instances'.");
            json.Skip();
            return [];
        }
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool known = json.ValueTextEquals("instances"u8);
            json.Read();
            if (known && json.TokenType == JsonTokenType.StartArray)
                labels = Rows(ref json, model, problems);
            else
            {
                if (known)
                    problems.Add("/instances", "This must be an array.");
                json.Skip();      // Vertex AI sends "parameters" beside the instances
            }
        }
        if (labels is null)
            problems.Add("/instances", "This array is missing.");
        return labels ?? [];
    }

    private static IReadOnlyList<int> Rows(ref Utf8JsonReader json, ServedModel model, FieldProblems problems)
    {
        bool places = model.Places is not null && StartsWithPlace(json);
        var fields = places ? model.Places! : model.Features;
        var rows = new RowList(fields.Names.Count);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            int at = rows.Count;
            fields.Read(ref json, rows.Next(), problems, () => $"/instances/{at}");
        }
        problems.Refuse();
        return places ? model.Nearest(rows.ToMatrix()) : model.Score(rows.ToMatrix()).Assigned.Labels;
    }

    // The reader is a copy: the caller's stays at the array's beginning.
    private static bool StartsWithPlace(Utf8JsonReader json)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject || !json.Read() || json.TokenType != JsonTokenType.PropertyName)
            return true;
        return json.GetString()!.StartsWith("PC", StringComparison.Ordinal);
    }
}

/// <param name="Instances">Each the numbers <c>PC1</c>, <c>PC2</c> …, or the model's features.</param>
internal sealed record InstancesRequest(IReadOnlyList<IReadOnlyDictionary<string, double>> Instances);

internal sealed record ClustersAnswer(IReadOnlyList<ClusterAnswer> Predictions);

/// <param name="Cluster">0 … k−1.</param>
internal sealed record ClusterAnswer(int Cluster);
