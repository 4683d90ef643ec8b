using System.Text.Json;
using System.Text.Json.Nodes;

namespace Clientele.Tests.Attacks;

/// <summary>One operation of the OpenAPI document.</summary>
/// <param name="Path">With <c>{places}</c>.</param>
/// <param name="Places">Names of the places in the path.</param>
/// <param name="Query">Names of what it takes in the query.</param>
/// <param name="Body">What it would be sent, made from its schema; null: nothing.</param>
internal sealed record Operation(string Method, string Path, IReadOnlyList<string> Places, IReadOnlyList<string> Query, JsonNode? Body)
{
    public override string ToString() => $"{Method} {Path}";

    /// <summary>All of the document.</summary>
    /// <param name="features">Names to use where an object takes any name.</param>
    public static IReadOnlyList<Operation> Of(JsonElement document, IReadOnlyList<string> features) =>
    [
        .. from path in document.GetProperty("paths").EnumerateObject()
           from method in path.Value.EnumerateObject().Where(member => member.Name is "get" or "post" or "put" or "delete" or "patch" or "head")
           let own = method.Value.TryGetProperty("parameters", out var list) ? list.EnumerateArray() : default(JsonElement.ArrayEnumerator)
           let parameters = own.Select(parameter => (Name: parameter.GetProperty("name").GetString()!, In: parameter.GetProperty("in").GetString())).ToList()
           select new Operation(
               method.Name.ToUpperInvariant(), path.Name, [.. parameters.Where(p => p.In == "path").Select(p => p.Name)], [.. parameters.Where(p => p.In == "query").Select(p => p.Name)],
               BodySchema(method.Value) is { } schema ? Sample(document, schema, features, 0) : null),
    ];

    /// <summary>The path with something in its places.</summary>
    public string At(Func<string, string> value) => Places.Aggregate(Path, (path, place) => path.Replace($"{{{place}}}", value(place), StringComparison.Ordinal));

    private static JsonElement? BodySchema(JsonElement operation) =>
        operation.TryGetProperty("requestBody", out var body) && body.TryGetProperty("content", out var content) && content.TryGetProperty("application/json", out var json) && json.TryGetProperty("schema", out var schema) ? schema : null;

    private static JsonNode? Sample(JsonElement document, JsonElement schema, IReadOnlyList<string> features, int depth)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            return Sample(document, reference.GetString()![2..].Split('/').Aggregate(document, (at, part) => at.GetProperty(part)), features, depth);
        foreach (string choice in (string[])["oneOf", "anyOf", "allOf"])
            if (schema.TryGetProperty(choice, out var choices))
                return Sample(document, choices.EnumerateArray().FirstOrDefault(c => !IsNull(c)), features, depth);
        if (depth > 8)
            return null;
        switch (TypeOf(schema))
        {
            case "array":
                return new JsonArray(Sample(document, schema.GetProperty("items"), features, depth + 1), Sample(document, schema.GetProperty("items"), features, depth + 1));
            case "string":
                return schema.TryGetProperty("format", out var format) && format.GetString() is "date" or "date-time" ? "2024-05-01" : "x";
            case "integer" or "number":
                return 1;
            case "boolean":
                return true;
            default:
                var sample = new JsonObject();
                if (schema.TryGetProperty("properties", out var properties))
                    foreach (var property in properties.EnumerateObject())
                        sample[property.Name] = Sample(document, property.Value, features, depth + 1);
                if (schema.TryGetProperty("additionalProperties", out var any) && any.ValueKind == JsonValueKind.Object)
                    foreach (string feature in features)
                        sample[feature] = Sample(document, any, features, depth + 1);
                return sample;
        }
    }

    private static bool IsNull(JsonElement schema) => schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == "null";

    // "string", or ["null", "string"]; a number that may be written as text says both.
    private static string TypeOf(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? "object"
        : type.ValueKind == JsonValueKind.String ? type.GetString()!
        : type.EnumerateArray().Select(t => t.GetString()!).Where(t => t != "null").Order(StringComparer.Ordinal).First();
}
