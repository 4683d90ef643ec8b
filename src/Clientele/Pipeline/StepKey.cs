using System.Text.Json;
using System.Text.Json.Nodes;
using Clientele.Artifacts;

namespace Clientele.Pipeline;

/// <summary>All that a step's artifacts depend on, named: the version, its settings, its inputs, the keys of the steps it reads from (docs/decisions/007).</summary>
internal sealed record StepKey(IReadOnlyDictionary<string, string> Parts)
{
    private const string AfterStep = "after ", Input = "input ";

    public string Digest => Digests.Of(JsonSerializer.SerializeToUtf8Bytes(Parts, ArtifactJson.Options));

    /// <param name="inputs">Digests of its files; null: not known yet.</param>
    /// <param name="before">Keys of the steps that were looked at.</param>
    public static StepKey Of(IStep step, IReadOnlyDictionary<string, string>? inputs, IReadOnlyDictionary<string, string> before)
    {
        var parts = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["version"] = ProductVersion.Text };
        Flatten("", JsonSerializer.SerializeToNode(step.Settings, RunJson.Options), parts);
        foreach (string name in step.After)
            parts[AfterStep + name] = before[name];
        foreach (var (name, digest) in inputs ?? new Dictionary<string, string>())
            parts[Input + name] = digest;
        return new(parts);
    }

    /// <summary>Whether this may be the key of a manifest once the inputs are known.</summary>
    public bool MayBe(StepManifest manifest) =>
        manifest.Parts.Where(part => !part.Key.StartsWith(Input, StringComparison.Ordinal)).OrderBy(part => part.Key, StringComparer.Ordinal).SequenceEqual(Parts.Where(part => !part.Key.StartsWith(Input, StringComparison.Ordinal)));

    /// <summary>What differs from an earlier result, for people.</summary>
    public string Against(StepManifest earlier)
    {
        var changes = Parts.Keys.Union(earlier.Parts.Keys).Order(StringComparer.Ordinal)
            .Where(part => Parts.GetValueOrDefault(part) != earlier.Parts.GetValueOrDefault(part)).ToList();
        return changes.Count == 0 ? "what it left is damaged or gone" : string.Join(", ", changes.Select(part => Words(part, earlier.Parts.GetValueOrDefault(part), Parts.GetValueOrDefault(part))));
    }

    private static string Words(string part, string? was, string? becomes) =>
        part.StartsWith(AfterStep, StringComparison.Ordinal) ? part
        : part.StartsWith(Input, StringComparison.Ordinal) ? $"{part[Input.Length..]} {(was is null ? "is new" : becomes is null ? "is no longer read" : "has changed")}"
        : $"{part}: {was ?? "none"} → {becomes ?? "none"}";

    private static void Flatten(string name, JsonNode? node, SortedDictionary<string, string> parts)
    {
        switch (node)
        {
            case JsonObject section:
                foreach (var (key, value) in section)
                    Flatten(name.Length == 0 ? key : $"{name}.{key}", value, parts);
                break;
            case null: break;
            case JsonArray list:
                parts[name] = list.ToJsonString(ArtifactJson.Options);
                break;
            default:
                parts[name] = node.ToString();
                break;
        }
    }
}
