using System.Buffers;
using System.Text.Json;
using Clientele.Learning;
using Clientele.Server.Json;

namespace Clientele.Server.Invocations;

/// <summary>Reads the rows of a JSON request.</summary>
internal static class InvocationRows
{
    private static readonly string[] Ways = ["dataframe_split", "dataframe_records", "instances", "inputs"];

    public static Matrix Read(in ReadOnlySequence<byte> body, NumberFields fields)
    {
        using var document = JsonDocument.Parse(body);
        var problems = new FieldProblems();
        var root = document.RootElement;
        string[] given = root.ValueKind == JsonValueKind.Object ? [.. Ways.Where(way => root.TryGetProperty(way, out _))] : [];
        if (given.Length != 1)
            problems.Add("", $"This must be an object with exactly one of {string.Join(", ", Ways)}.");
        problems.Refuse();
        var rows = new RowList(fields.Names.Count);
        var data = root.GetProperty(given[0]);
        string pointer = $"/{given[0]}";
        switch (data.ValueKind)
        {
            case JsonValueKind.Array when given[0] != "dataframe_split":
                foreach (var (i, row) in data.EnumerateArray().Index())
                    Record(row, fields, rows.Next(), problems, $"{pointer}/{i}");
                break;
            case JsonValueKind.Object when given[0] == "dataframe_split":
                Split(data, fields, rows, problems, pointer);
                break;
            case JsonValueKind.Object when given[0] is "inputs" or "instances":
                Columns(data, fields, rows, problems, pointer);
                break;
            default:
                problems.Add(pointer, given[0] == "dataframe_split" ? "This must be an object with 'columns' and 'data'." : "This must be an array of rows.");
                break;
        }
        problems.Refuse();
        return rows.ToMatrix();
    }

    // A row is an object of names, or an array in the model's order.
    private static void Record(JsonElement row, NumberFields fields, Span<double> into, FieldProblems problems, string pointer)
    {
        if (row.ValueKind == JsonValueKind.Array)
        {
            Fill(row, [.. Enumerable.Range(0, fields.Names.Count)], into, problems, pointer);
            return;
        }
        if (row.ValueKind != JsonValueKind.Object)
        {
            problems.Add(pointer, "This must be a row: an object or an array.");
            return;
        }
        string[] names = [.. row.EnumerateObject().Select(member => member.Name)];
        int[] places = fields.Arrange(names, problems, pointer);
        foreach (var (member, place) in row.EnumerateObject().Zip(places))
            Put(member.Value, place, into, problems, pointer, member.Name);
    }

    private static void Split(JsonElement data, NumberFields fields, RowList rows, FieldProblems problems, string pointer)
    {
        if (!data.TryGetProperty("columns", out var columns) || columns.ValueKind != JsonValueKind.Array || columns.EnumerateArray().Any(name => name.ValueKind != JsonValueKind.String))
        {
            problems.Add($"{pointer}/columns", "This must be an array of names.");
            return;
        }
        int[] places = fields.Arrange([.. columns.EnumerateArray().Select(name => name.GetString()!)], problems, $"{pointer}/columns");
        if (!data.TryGetProperty("data", out var table) || table.ValueKind != JsonValueKind.Array)
            problems.Add($"{pointer}/data", "This must be an array of rows.");
        else
            foreach (var (i, row) in table.EnumerateArray().Index())
                Fill(row, places, rows.Next(), problems, $"{pointer}/data/{i}");
    }

    private static void Columns(JsonElement data, NumberFields fields, RowList rows, FieldProblems problems, string pointer)
    {
        var members = data.EnumerateObject().ToList();
        int[] places = fields.Arrange([.. members.Select(member => member.Name)], problems, pointer);
        foreach (var member in members.Where(member => member.Value.ValueKind != JsonValueKind.Array))
            problems.Add($"{pointer}/{member.Name}", "This must be an array of numbers.");
        if (!problems.None)
            return;
        int count = members[0].Value.GetArrayLength();
        foreach (var member in members.Where(member => member.Value.GetArrayLength() != count))
            problems.Add($"{pointer}/{member.Name}", $"This must have {count} numbers, as the first column has.");
        if (!problems.None)
            return;
        double[] values = new double[count * fields.Names.Count];
        foreach (var (member, place) in members.Zip(places))
            foreach (var (i, value) in member.Value.EnumerateArray().Index())
                Put(value, place, values.AsSpan(i * fields.Names.Count, fields.Names.Count), problems, pointer, $"{member.Name}/{i}");
        for (int i = 0; i < count; i++)
            values.AsSpan(i * fields.Names.Count, fields.Names.Count).CopyTo(rows.Next());
    }

    private static void Fill(JsonElement row, int[] places, Span<double> into, FieldProblems problems, string pointer)
    {
        if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() != places.Length)
        {
            problems.Add(pointer, $"This must be an array of {places.Length} numbers.");
            return;
        }
        foreach (var (j, value) in row.EnumerateArray().Index())
            Put(value, places[j], into, problems, pointer, $"{j}");
    }

    private static void Put(JsonElement value, int place, Span<double> into, FieldProblems problems, string pointer, string name)
    {
        if (place < 0)
            return;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number))
            into[place] = number;
        else
            problems.Add($"{pointer}/{name}", "This must be a finite number.");
    }
}
