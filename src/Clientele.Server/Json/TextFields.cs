using System.Buffers;
using System.Text.Json;

namespace Clientele.Server.Json;

/// <summary>Reads an object that has certain texts and nothing else.</summary>
internal static class TextFields
{
    private const int Longest = 1_000;

    /// <returns>Parallel to <paramref name="names"/>; none is empty.</returns>
    /// <exception cref="RequestException"><c>request/fields</c>.</exception>
    public static string[] Read(in ReadOnlySequence<byte> body, params IReadOnlyList<string> names)
    {
        using var document = JsonDocument.Parse(body);
        var problems = new FieldProblems();
        string[] texts = new string[names.Count];
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            problems.Add("", $"This must be an object with {string.Join(" and ", names)}.");
        else
        {
            foreach (var (i, name) in names.Index())
                if (!document.RootElement.TryGetProperty(name, out var value))
                    problems.Add($"/{name}", "This field is missing.");
                else if (value.ValueKind != JsonValueKind.String || value.GetString() is not { } text || string.IsNullOrWhiteSpace(text) || text.Length > Longest)
                    problems.Add($"/{name}", $"This must be a text of 1 to {Longest} characters.");
                else
                    texts[i] = text;
            foreach (var member in document.RootElement.EnumerateObject())
                if (!names.Contains(member.Name))
                    problems.Add($"/{member.Name}", $"There is no such field. Valid: {string.Join(", ", names)}.");
        }
        problems.Refuse();
        return texts;
    }
}
