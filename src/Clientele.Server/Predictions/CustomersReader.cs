using System.Buffers;
using System.Text.Json;
using Clientele.Learning;
using Clientele.Server.Json;

namespace Clientele.Server.Predictions;

/// <param name="Ids">n, null where none was sent.</param>
/// <param name="Rows">n × the model's features.</param>
internal sealed record AskedCustomers(IReadOnlyList<string?> Ids, Matrix Rows);

/// <summary>Reads whom a request asks about: <c>{"id": …, "features": {…}}</c>, or <c>{"customers": [those]}</c>.</summary>
internal static class CustomersReader
{
    public static AskedCustomers One(in ReadOnlySequence<byte> body, NumberFields features)
    {
        var json = Begin(body);
        var problems = new FieldProblems();
        var row = new double[features.Names.Count];
        string? id = Customer(ref json, row, features, problems, () => "");
        End(ref json);
        problems.Refuse();
        return new([id], new Matrix(1, row.Length, row));
    }

    public static AskedCustomers Many(in ReadOnlySequence<byte> body, NumberFields features)
    {
        var json = Begin(body);
        var problems = new FieldProblems();
        var rows = new RowList(features.Names.Count);
        var ids = new List<string?>();
        bool found = false;
        if (json.TokenType != JsonTokenType.StartObject)
        {
            problems.Add("", "This must be an object with the array 'customers'.");
            json.Skip();
        }
        else
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                bool known = json.ValueTextEquals("customers"u8);
                string? name = known ? null : json.GetString();
                json.Read();
                if (!known)
                    problems.Add($"/{name}", "There is no such field. Valid: customers.");
                else if (json.TokenType != JsonTokenType.StartArray)
                    problems.Add("/customers", "This must be an array.");
                else
                {
                    found = true;
                    while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                    {
                        int at = ids.Count;
                        ids.Add(Customer(ref json, rows.Next(), features, problems, () => $"/customers/{at}"));
                    }
                    continue;
                }
                json.Skip();
            }
        if (!found && json.TokenType == JsonTokenType.EndObject)
            problems.Add("/customers", "This field is missing.");
        End(ref json);
        problems.Refuse();
        return new(ids, rows.ToMatrix());
    }

    private static string? Customer(ref Utf8JsonReader json, Span<double> row, NumberFields features, FieldProblems problems, Func<string> pointer)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            problems.Add(pointer(), "This must be an object with 'features'.");
            json.Skip();
            return null;
        }
        string? id = null;
        bool found = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            if (json.ValueTextEquals("features"u8))
            {
                found = true;
                json.Read();
                features.Read(ref json, row, problems, () => $"{pointer()}/features");
            }
            else if (json.ValueTextEquals("id"u8))
            {
                json.Read();
                if (json.TokenType is JsonTokenType.String)
                    id = json.GetString();
                else
                    problems.Add($"{pointer()}/id", "This must be a text.");
                json.Skip();
            }
            else
            {
                problems.Add($"{pointer()}/{json.GetString()}", "There is no such field. Valid: id, features.");
                json.Read();
                json.Skip();
            }
        if (!found)
            problems.Add($"{pointer()}/features", "This field is missing.");
        return id;
    }

    private static Utf8JsonReader Begin(in ReadOnlySequence<byte> body)
    {
        var json = new Utf8JsonReader(body);
        json.Read();
        return json;
    }

    // Whatever follows the document is wrong, and the reader says so.
    private static void End(ref Utf8JsonReader json) => json.Read();
}
