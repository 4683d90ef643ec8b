using Clientele.Features;
using Clientele.Models;
using Clientele.Registry;
using Clientele.Scoring;
using Clientele.Server.Json;

namespace Clientele.Server.Models;

/// <summary>A version in memory. A request takes one when it begins and keeps it to its end.</summary>
internal sealed class ServedModel
{
    public ServedModel(ModelVersion version, ModelBundle bundle)
    {
        (Version, Bundle, Segments) = (version, bundle, new(bundle));
        Features = new(Segments.Features, [.. FeatureSets.Named(bundle.Settings.Features.Set).Columns.Select(column => column.Feature.Name).Except(Segments.Features)]);
        Places = Segments.KnowsPlaces ? new([.. Enumerable.Range(1, Segments.Dimensions).Select(dimension => $"PC{dimension}")], []) : null;
        Segments.Score(new(1, Segments.Features.Count), threads: 1);      // compiles what the first request needs
    }

    public ModelVersion Version { get; }
    public ModelBundle Bundle { get; }
    public SegmentScorer Segments { get; }
    public NumberFields Features { get; }
    /// <summary>Coordinates <c>PC1</c>, <c>PC2</c> … of the model's space; null where a place in it does not tell the segment.</summary>
    public NumberFields? Places { get; }

    /// <param name="label">0 … k−1.</param>
    public string PersonaOf(int label) => Bundle.Segments[label].Persona;
}
