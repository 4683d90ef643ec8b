using Clientele.Features;
using Clientele.Learning;
using Clientele.Models;
using Clientele.Registry;
using Clientele.Scoring;
using Clientele.Segments;
using Clientele.Server.Json;
using Clientele.Server.Logging;

namespace Clientele.Server.Models;

/// <summary>A version in memory. A request takes one when it begins and keeps it to its end.</summary>
internal sealed class ServedModel
{
    private readonly PredictionLog log;

    public ServedModel(ModelVersion version, ModelBundle bundle, PredictionLog log)
    {
        (Version, Bundle, Segments, this.log) = (version, bundle, new(bundle), log);
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

    /// <summary>The segments of customers; every answer comes through here, and a sample is noted.</summary>
    /// <param name="rows">n × <see cref="Features"/>.</param>
    public SegmentAssignment Score(Matrix rows)
    {
        var answers = Segments.Score(rows, threads: 1);
        log.Note(Version.Model, Version.Version, rows, answers);
        return answers;
    }

    /// <summary>The segments, from 0, that are nearest to places.</summary>
    /// <param name="places">n × <see cref="Places"/>.</param>
    public IReadOnlyList<int> Nearest(Matrix places)
    {
        var labels = Segments.Nearest(places, threads: 1);
        log.Note(Version.Model, Version.Version, places, labels);
        return labels;
    }

    /// <param name="label">0 … k−1.</param>
    public string PersonaOf(int label) => Bundle.Segments[label].Persona;
}
