using System.Globalization;
using System.Text.Json;
using Clientele.Server.Json;
using Microsoft.AspNetCore.Http;

namespace Clientele.Server.Batches;

/// <summary>What a job is to be made from.</summary>
/// <param name="Source">A path as it was sent; null: the body is the file.</param>
internal sealed record BatchPointer(string? Source, BatchFormat Format, DateOnly? AsOf)
{
    private const int Longest = 1_000;
    private static readonly string[] Names = ["source", "format", "as_of"];

    /// <summary>Reads <see cref="BatchRequest"/>.</summary>
    /// <param name="asOf">Of the query; the body's goes before it.</param>
    public static async Task<BatchPointer> Read(HttpContext context, DateOnly? asOf)
    {
        using var body = await RequestBody.Read(context);
        using var document = JsonDocument.Parse(body.Bytes);
        var problems = new FieldProblems();
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            problems.Add("", "This must be an object with source.");
        else
            foreach (var member in document.RootElement.EnumerateObject())
                if (!Names.Contains(member.Name))
                    problems.Add($"/{member.Name}", $"There is no such field. Valid: {string.Join(", ", Names)}.");
                else if (member.Value.ValueKind == JsonValueKind.String && member.Value.GetString() is { Length: > 0 and <= Longest } text)
                    texts[member.Name] = text;
                else if (member.Value.ValueKind != JsonValueKind.Null)
                    problems.Add($"/{member.Name}", $"This must be a text of 1 to {Longest} characters.");
        string? source = texts.GetValueOrDefault("source");
        if (source is null && problems.None)
            problems.Add("/source", "This field is missing.");
        var format = texts.TryGetValue("format", out string? word) ? BatchFormats.OfWord(word) : source is null ? BatchFormat.Csv : BatchFormats.OfName(source);
        if (format is null)
            problems.Add("/format", $"This must be one of {string.Join(", ", BatchFormats.Words)}{(word is null ? ": the name of the file does not say it" : "")}.");
        if (texts.TryGetValue("as_of", out string? said))
        {
            if (TryDay(said, out var day))
                asOf = day;
            else
                problems.Add("/as_of", "This must be a day such as 2011-12-31.");
        }
        problems.Refuse();
        return new(source!, format!.Value, asOf);
    }

    public static bool TryDay(string text, out DateOnly day) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && day.Year is >= 1970 and <= 2105;
}
