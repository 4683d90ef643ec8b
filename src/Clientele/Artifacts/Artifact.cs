using System.Text.Json;
using System.Text.Json.Serialization;

namespace Clientele.Artifacts;

/// <summary>Something that one step leaves and later steps read.</summary>
/// <param name="Step">Whose it is.</param>
/// <param name="Name">Unique within the step.</param>
/// <param name="Write">Equal values give equal bytes.</param>
/// <param name="Read">Gives back what was written, to the bit.</param>
internal sealed record Artifact<T>(string Step, string Name, Action<Stream, T> Write, Func<Stream, T> Read)
    where T : notnull
{
    /// <summary>One that is kept as JSON.</summary>
    /// <param name="own">For what JSON by itself would not bring back.</param>
    public static Artifact<T> Json(string step, string name, params IEnumerable<JsonConverter> own)
    {
        var options = new JsonSerializerOptions(ArtifactJson.Options);
        foreach (var converter in own)
            options.Converters.Add(converter);
        return new(step, name, (to, value) => JsonSerializer.Serialize(to, value, options),
            from => JsonSerializer.Deserialize<T>(from, options) ?? throw new InvalidDataException($"{step}/{name} is empty."));
    }
}
