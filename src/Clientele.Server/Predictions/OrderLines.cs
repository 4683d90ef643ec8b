using System.Globalization;
using System.Text;
using System.Text.Json;
using Clientele.Features;
using Clientele.Server.Json;
using Clientele.Settings;
using Clientele.Sources;

namespace Clientele.Server.Predictions;

/// <summary>Reads order lines: <c>[{"invoice": "5363", "ordered_at": "2011-12-01T08:26:00", "product": "85123A", "quantity": 6, "price": 2.55, …}]</c>.</summary>
/// <remarks>Moments are wall time: what zone they say does not move them, as when files are read.</remarks>
internal static class OrderLines
{
    private static readonly string[] Names = ["invoice", "ordered_at", "product", "description", "quantity", "price", "line_total", "country"];

    /// <summary>The reader's token is the array's beginning; afterwards its end.</summary>
    public static List<OrderLine> Read(ref Utf8JsonReader json, FieldProblems problems, string pointer)
    {
        var lines = new List<OrderLine>();
        if (json.TokenType != JsonTokenType.StartArray)
        {
            problems.Add(pointer, "This must be an array of order lines.");
            json.Skip();
            return lines;
        }
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            string at = $"{pointer}/{lines.Count}";
            if (json.TokenType == JsonTokenType.StartObject)
                lines.Add(Line(ref json, problems, at));
            else
            {
                problems.Add(at, "This must be an order line: an object.");
                json.Skip();
                lines.Add(new());
            }
        }
        return lines;
    }

    private static OrderLine Line(ref Utf8JsonReader json, FieldProblems problems, string pointer)
    {
        var line = new OrderLine();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string name = json.GetString()!;
            json.Read();
            if (!Names.Contains(name))
                problems.Add($"{pointer}/{name}", $"There is no such field. Valid: {string.Join(", ", Names)}.");
            else if (json.TokenType != JsonTokenType.Null)
                line = name switch
                {
                    "ordered_at" => line with { OrderedAt = Moment(ref json, problems, $"{pointer}/{name}") },
                    "quantity" => line with { Quantity = Whole(ref json, problems, $"{pointer}/{name}") },
                    "price" or "line_total" => line with { Money = Money(ref json, problems, $"{pointer}/{name}") },
                    _ => With(line, name, Text(ref json, problems, $"{pointer}/{name}")),
                };
            json.Skip();
        }
        return line;
    }

    private static OrderLine With(OrderLine line, string name, string? text) => name switch
    {
        "invoice" => line with { Invoice = text },
        "product" => line with { Product = text },
        "description" => line with { Description = text },
        _ => line with { Country = text },
    };

    // Invoice and product numbers are often sent as numbers.
    private static string? Text(ref Utf8JsonReader json, FieldProblems problems, string pointer)
    {
        if (json.TokenType == JsonTokenType.String)
            return json.GetString();
        if (json.TokenType == JsonTokenType.Number && json.TryGetInt64(out long whole))
            return whole.ToString(CultureInfo.InvariantCulture);
        problems.Add(pointer, "This must be a text.");
        return null;
    }

    private static DateTime? Moment(ref Utf8JsonReader json, FieldProblems problems, string pointer)
    {
        if (json.TokenType == JsonTokenType.String && OrderText.Moment(Encoding.UTF8.GetBytes(json.GetString()!), DateOrder.Iso, out var moment))
            return moment;
        problems.Add(pointer, "This must be a moment of the years 1970 to 2105, such as 2011-12-01T08:26:00.");
        return null;
    }

    // 6.0 is how a program with no whole numbers writes 6.
    private static long? Whole(ref Utf8JsonReader json, FieldProblems problems, string pointer)
    {
        if (json.TokenType == JsonTokenType.Number && json.TryGetDecimal(out decimal number) && decimal.IsInteger(number) && Math.Abs(number) <= long.MaxValue)
            return (long)number;
        problems.Add(pointer, "This must be a whole number.");
        return null;
    }

    private static decimal? Money(ref Utf8JsonReader json, FieldProblems problems, string pointer)
    {
        if (json.TokenType == JsonTokenType.Number && json.TryGetDecimal(out decimal amount))
            return amount;
        problems.Add(pointer, "This must be an amount such as 2.55.");
        return null;
    }
}
