using System.Text.Json;
using System.Text.Json.Serialization;
using Clientele.Features;

namespace Clientele.Personas;

/// <summary>A profile with its feature whole, so that it comes back; what scripts read has the feature's name, label and unit only.</summary>
internal sealed class FeatureProfileJson : JsonConverter<FeatureProfile>
{
    public override FeatureProfile Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var whole = JsonSerializer.Deserialize<Whole>(ref reader, options)!;
        return new(whole.Column, whole.Segment, whole.Everyone, whole.Effect);
    }

    public override void Write(Utf8JsonWriter writer, FeatureProfile value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new Whole(value.Column, value.Segment, value.Everyone, value.Effect), options);

    private sealed record Whole(Feature Column, Spread Segment, Spread Everyone, double Effect);
}
