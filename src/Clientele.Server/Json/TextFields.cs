using System.Buffers;
using System.Text.Json;

namespace Clientele.Server.Json;

/// <summary>Reads an object that has certain texts, perhaps a flag, and nothing else.</summary>
internal static class TextFields
{
    private const int Longest = 1_000;

    /// <returns>Parallel to <paramref name="names"/>; none is empty.</returns>
    /// <exception cref="RequestException"><c>request/fields</c>.</exception>
    public static string[] Read(in ReadOnlySequence<byte> body, params IReadOnlyList<string> names) => Read(body, names, null).Texts;

    /// <param name="flag">That may be there, true or false; false where it is left out. Null: there is none.</param>
    /// <exception cref="RequestException"><c>request/fields</c>.</exception>
    public static (string[] Texts, bool Flag) Read(in ReadOnlySequence<byte> body, IReadOnlyList<string> names, string? flag)
    {
        bool isSet = false;
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
                else if (value.ValueKind != JsonValueKind.String || value.GetString() is not { } text || string.IsNullOrWhiteSpace(text) || text.Length > Longest || text.Contains('\0'))
                    problems.Add($"/{name}", $"This must be a text of 1 to {Longest} characters, none of them NUL.");
                else
                    texts[i] = text;
            foreach (var member in document.RootElement.EnumerateObject())
                if (member.Name == flag)
                    isSet = Flag(member, problems);
                else if (!names.Contains(member.Name))
                    problems.Add($"/{member.Name}", $"There is no such field. Valid: {string.Join(", ", flag is null ? names : [.. names, flag])}.");
        }
        problems.Refuse();
        return (texts, isSet);
    }

    private static bool Flag(JsonProperty member, FieldProblems problems)
    {
        if (member.Value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            problems.Add($"/{member.Name}", "This must be true or false.");
        return member.Value.ValueKind == JsonValueKind.True;
    }
}
