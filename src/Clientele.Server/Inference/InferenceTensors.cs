using System.Buffers;
using System.Text.Json;
using Clientele.Learning;
using Clientele.Server.Json;
using Clientele.Server.Models;

namespace Clientele.Server.Inference;

/// <param name="Id">Echoed; null: none was sent.</param>
/// <param name="Outputs">Which are wanted; null: all.</param>
/// <param name="Rows">n × the model's fields.</param>
internal sealed record AskedInference(string? Id, IReadOnlyList<string>? Outputs, Matrix Rows);

/// <summary>Reads and writes tensors.</summary>
internal static class InferenceTensors
{
    private static readonly string[] Numbers = ["FP64", "FP32", "INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16", "UINT32", "UINT64"];
    private static readonly (string Name, string Datatype)[] Segments = [("segment", "INT64"), ("persona", "BYTES"), ("distance", "FP64"), ("second_nearest", "INT64"), ("outlier", "BOOL")];
    private static readonly (string Name, string Datatype)[] Values = [("predicted_clv_6m", "FP64")];

    public static InferenceModel Describe(ServedModel model) => new(
        model.Version.Model, [$"{model.Version.Version}"], "clientele",
        [.. Fields(model).Names.Select(name => new InferenceTensorShape(name, "FP64", [-1, 1]))], [.. Answered(model).Select(output => new InferenceTensorShape(output.Name, output.Datatype, [-1, 1]))]);

    public static AskedInference Read(in ReadOnlySequence<byte> body, ServedModel model)
    {
        using var document = JsonDocument.Parse(body);
        var problems = new FieldProblems();
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            problems.Add("", "This must be an object with the array 'inputs'.");
        problems.Refuse();
        string? id = root.TryGetProperty("id", out var said) && said.ValueKind == JsonValueKind.String ? said.GetString() : null;
        var wanted = Wanted(root, model, problems);
        var rows = Rows(root, Fields(model), problems);
        problems.Refuse();
        return new(id, wanted, rows);
    }

    public static void Write(Utf8JsonWriter json, ServedModel model, AskedInference asked)
    {
        int n = asked.Rows.Rows;
        var scores = model.Values is null ? model.Score(asked.Rows).Assigned : null;
        double[]? values = model.Values is null ? null : model.Value(asked.Rows);
        json.WriteStartObject();
        json.WriteString("model_name"u8, model.Version.Model);
        json.WriteString("model_version"u8, $"{model.Version.Version}");
        if (asked.Id is not null)
            json.WriteString("id"u8, asked.Id);
        json.WriteStartArray("outputs"u8);
        foreach (var (name, datatype) in Answered(model))
        {
            if (asked.Outputs?.Contains(name) == false)
                continue;
            json.WriteStartObject();
            json.WriteString("name"u8, name);
            json.WriteString("datatype"u8, datatype);
            json.WriteStartArray("shape"u8);
            json.WriteNumberValue(n);
            json.WriteNumberValue(1);
            json.WriteEndArray();
            json.WriteStartArray("data"u8);
            for (int i = 0; i < n; i++)
                switch (name)
                {
                    case "segment": json.WriteNumberValue(scores!.Labels[i] + 1); break;
                    case "persona": json.WriteStringValue(model.PersonaOf(scores!.Labels[i])); break;
                    case "distance": json.WriteNumberValue(scores!.Distances[i]); break;
                    case "second_nearest": json.WriteNumberValue(scores!.SecondNearest[i] + 1); break;
                    case "outlier": json.WriteBooleanValue(scores!.Outliers[i]); break;
                    default: json.WriteNumberValue(values![i]); break;
                }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static NumberFields Fields(ServedModel model) => model.Values?.Fields ?? model.Features;

    private static (string Name, string Datatype)[] Answered(ServedModel model) => model.Values is null ? Segments : Values;

    private static List<string>? Wanted(JsonElement root, ServedModel model, FieldProblems problems)
    {
        if (!root.TryGetProperty("outputs", out var outputs))
            return null;
        var wanted = new List<string>();
        if (outputs.ValueKind != JsonValueKind.Array)
            problems.Add("/outputs", "This must be an array.");
        else
            foreach (var (i, output) in outputs.EnumerateArray().Index())
                if (output.ValueKind != JsonValueKind.Object || !output.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String || !Answered(model).Any(known => known.Name == name.GetString()))
                    problems.Add($"/outputs/{i}/name", $"There is no such output. Valid: {string.Join(", ", Answered(model).Select(known => known.Name))}.");
                else
                    wanted.Add(name.GetString()!);
        return wanted.Count > 0 ? wanted : null;
    }

    private static Matrix Rows(JsonElement root, NumberFields fields, FieldProblems problems)
    {
        if (!root.TryGetProperty("inputs", out var inputs) || inputs.ValueKind != JsonValueKind.Array || inputs.GetArrayLength() == 0)
        {
            problems.Add("/inputs", "This must be an array of tensors.");
            return new(0, fields.Names.Count);
        }
        var tensors = inputs.EnumerateArray().Select((tensor, i) => Tensor(tensor, $"/inputs/{i}", problems)).ToList();
        problems.Refuse();
        int d = fields.Names.Count;
        if (tensors is [{ Columns: > 1 } table])
        {
            if (table.Columns != d)
                problems.Add("/inputs/0/shape", $"A row must have {d} numbers: {string.Join(", ", fields.Names)}.");
            return new(table.Rows, table.Columns, table.Values);
        }
        int[] places = fields.Arrange([.. tensors.Select(tensor => tensor.Name)], problems, "/inputs");
        if (tensors.FindIndex(tensor => tensor.Columns != 1) is >= 0 and var wide)
            problems.Add($"/inputs/{wide}/shape", "Of several inputs each must be one column, n or n × 1.");
        if (tensors.FindIndex(tensor => tensor.Rows != tensors[0].Rows) is >= 0 and var odd)
            problems.Add($"/inputs/{odd}/shape", "All inputs must have as many rows as the first.");
        problems.Refuse();
        var rows = new Matrix(tensors[0].Rows, d);
        foreach (var (tensor, place) in tensors.Zip(places))
            for (int i = 0; place >= 0 && i < rows.Rows; i++)
                rows[i, place] = tensor.Values[i];
        return rows;
    }

    private static (string Name, int Rows, int Columns, double[] Values) Tensor(JsonElement tensor, string pointer, FieldProblems problems)
    {
        if (tensor.ValueKind != JsonValueKind.Object)
        {
            problems.Add(pointer, "This must be a tensor: an object.");
            return ("", 0, 1, []);
        }
        string name = tensor.TryGetProperty("name", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString()! : "";
        string type = tensor.TryGetProperty("datatype", out var typed) && typed.ValueKind == JsonValueKind.String ? typed.GetString()! : "";
        if (name.Length == 0)
            problems.Add($"{pointer}/name", "This must be a text.");
        if (!Numbers.Contains(type))
            problems.Add($"{pointer}/datatype", $"This must be one of {string.Join(", ", Numbers)}.");
        int[] shape = Shape(tensor, pointer, problems);
        var values = new List<double>();
        if (!tensor.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array)
            problems.Add($"{pointer}/data", "This must be an array of numbers.");
        else if (!Flatten(data, type == "FP32", values))
            problems.Add($"{pointer}/data", "Every element must be a finite number; what is not known cannot be scored.");
        else if (shape.Length > 0 && values.Count != shape.Aggregate(1L, (product, side) => product * side))
            problems.Add($"{pointer}/data", $"The shape asks for another number of elements than {values.Count}.");
        return (name, shape.Length > 0 ? shape[0] : 0, shape.Length > 1 ? shape[1] : 1, [.. values]);
    }

    private static int[] Shape(JsonElement tensor, string pointer, FieldProblems problems)
    {
        if (tensor.TryGetProperty("shape", out var shape) && shape.ValueKind == JsonValueKind.Array && shape.GetArrayLength() is 1 or 2
            && shape.EnumerateArray().All(side => side.ValueKind == JsonValueKind.Number && side.TryGetInt32(out int length) && length >= 0))
            return [.. shape.EnumerateArray().Select(side => side.GetInt32())];
        problems.Add($"{pointer}/shape", "This must be one or two whole numbers: rows, and columns.");
        return [];
    }

    // Flat or nested, row by row.
    private static bool Flatten(JsonElement data, bool single, List<double> into)
    {
        foreach (var element in data.EnumerateArray())
            if (element.ValueKind == JsonValueKind.Array)
            {
                if (!Flatten(element, single, into))
                    return false;
            }
            else if (element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double value) && double.IsFinite(value))
                into.Add(single ? (float)value : value);
            else
                return false;
        return true;
    }
}
