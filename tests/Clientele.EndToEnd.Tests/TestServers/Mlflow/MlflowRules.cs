using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Clientele.Tests.TestServers.Mlflow;

/// <summary>What MLflow refuses: names, lengths and counts, as its own validation has them.</summary>
internal static partial class MlflowRules
{
    public static void Key(string key)
    {
        if (key.Length is 0 or > 250)
            throw MlflowRefusal.Invalid($"A key of {key.Length} characters; 250 at most.");
        if (!Names().IsMatch(key))
            throw MlflowRefusal.Invalid($"Invalid name: '{key}'. Names may only contain alphanumerics, underscores, dashes, periods, spaces and slashes.");
        if (key.Split('/').Any(part => part is "" or "." or ".."))
            throw MlflowRefusal.Invalid($"Invalid name: '{key}'. It must be a normal path.");
    }

    public static void Length(string what, string value, int most)
    {
        if (value.Length > most)
            throw MlflowRefusal.Invalid($"{what} has {value.Length} characters; {most} at most.");
    }

    public static void Batch(JsonObject body, long bytes)
    {
        int metrics = Count("metrics"), parameters = Count("params"), tags = Count("tags");
        if (bytes > 1_000_000)
            throw MlflowRefusal.Invalid($"A batch of {bytes} bytes; 1 MB at most.");
        if (metrics > 1_000 || parameters > 100 || tags > 100 || metrics + parameters + tags > 1_000)
            throw MlflowRefusal.Invalid($"A batch of {metrics} metrics, {parameters} params and {tags} tags.");

        int Count(string name) => body[name]?.AsArray().Count ?? 0;
    }

    public static void Fields(JsonObject body, params string[] known)
    {
        if (body.Select(field => field.Key).FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw new MlflowRefusal(400, "BAD_REQUEST", $"There is no field '{unknown}'.");
    }

    /// <summary>A number, or NaN or an infinity by name.</summary>
    public static double Double(JsonNode? node) => node is null ? throw MlflowRefusal.Invalid("A metric without a value.")
        : node.GetValueKind() == System.Text.Json.JsonValueKind.Number ? node.GetValue<double>()
        : node.GetValue<string>() switch { "NaN" => double.NaN, "Infinity" => double.PositiveInfinity, "-Infinity" => double.NegativeInfinity, var other => throw MlflowRefusal.Invalid($"'{other}' is no number.") };

    [GeneratedRegex(@"^[/\w.\- ]*$", RegexOptions.ECMAScript)]
    private static partial Regex Names();
}
