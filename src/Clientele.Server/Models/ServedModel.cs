using System.Globalization;
using Clientele.Features;
using Clientele.Learning;
using Clientele.Lifetime;
using Clientele.Models;
using Clientele.Registry;
using Clientele.Scoring;
using Clientele.Server.Challengers;
using Clientele.Server.Customers;
using Clientele.Server.Json;
using Clientele.Server.Logging;
using Clientele.Server.Segments;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Clientele.Server.Models;

/// <summary>A version in memory. A request takes one when it begins and keeps it to its end.</summary>
internal sealed class ServedModel
{
    // Of a distance or a value; its square is still a number, and so is the one to the next segment.
    private const double Farthest = 1e100;

    private readonly PredictionLog log;
    private readonly Shadow shadow;
    private readonly Dictionary<string, string> labels;
    private readonly Lazy<CustomerBook> customers;
    private readonly Lazy<IReadOnlyList<(int Segment, int Customers, double Share)>> found;

    /// <param name="runFolder">Of the run that made it; null: it is not known, or gone.</param>
    public ServedModel(ModelVersion version, ModelBundle bundle, string? runFolder, PredictionLog log, Shadow shadow)
    {
        VersionText = version.Version.ToString(CultureInfo.InvariantCulture);
        (Version, Bundle, RunFolder, Segments, this.log, this.shadow) = (version, bundle, runFolder, new(bundle), log, shadow);
        Values = bundle.Published is null ? null : new(bundle.Published);
        Valuation = bundle.ValuesCustomers ? new(bundle) : null;
        var set = FeatureSets.Named(bundle.Settings.Features.Set);
        Features = new(Segments.Features, [.. set.Columns.Select(column => column.Feature.Name).Except(Segments.Features)]);
        Places = Segments.KnowsPlaces ? new([.. Enumerable.Range(1, Segments.Dimensions).Select(dimension => $"PC{dimension}")], []) : null;
        Recipe = new(bundle.Settings.Columns, bundle.Settings.Cleaning, bundle.Settings.Features with { HomeCountry = bundle.HomeCountry, TargetUntil = null }, bundle.Fields, bundle.ReferenceDate);
        var supported = Recipe.Supported.Select(feature => feature.Name).ToList();
        FromRecipe = [.. Segments.Features.Select(name => supported.IndexOf(name))];
        Known = [.. set.Columns.Select(column => column.Feature).Where(feature => Segments.Features.Contains(feature.Name))];
        labels = Known.ToDictionary(known => known.Name, known => known.Label, StringComparer.Ordinal);
        customers = new(() => CustomerBook.Read(runFolder));
        found = new(() => bundle.Personas is null ? [] : [.. SegmentsApi.Personas(this).Select(persona => ((int)persona!["segment"]!, (int)persona["customers"]!, (double)persona["customer_share"]!))]);
        Segments.Score(new Matrix(1, Segments.Features.Count), threads: 1);      // compiles what the first request needs
    }

    public ModelVersion Version { get; }
    /// <summary>Its number.</summary>
    public StringValues VersionText { get; }
    public ModelBundle Bundle { get; }
    public string? RunFolder { get; }
    public SegmentScorer Segments { get; }
    public NumberFields Features { get; }
    /// <summary>Coordinates <c>PC1</c>, <c>PC2</c> … of the model's space; null where a place in it does not tell the segment.</summary>
    public NumberFields? Places { get; }
    /// <summary>System 002's model, where the bundle has it.</summary>
    public ServedValueModel? Values { get; }
    /// <summary>Values customers over the run's horizon; null: the run valued nobody.</summary>
    public ServedValuation? Valuation { get; }
    /// <summary>How features come from raw orders.</summary>
    public FeatureRecipe Recipe { get; }
    /// <summary>Where the model's features stand among those of <see cref="Recipe"/>.</summary>
    public IReadOnlyList<int> FromRecipe { get; }
    /// <summary>What the model's features mean.</summary>
    public IReadOnlyList<Feature> Known { get; }
    /// <summary>Whom the model's run assigned and valued. Read when first asked for.</summary>
    public CustomerBook Customers => customers.Value;

    /// <summary>Sizes of the segments in the model's run; empty where the bundle has no personas.</summary>
    public IReadOnlyList<(int Segment, int Customers, double Share)> Found => found.Value;

    /// <summary>The segments of customers; every answer comes through here, and a sample is noted.</summary>
    /// <param name="rows">n × <see cref="Features"/>.</param>
    public SegmentScores Score(Matrix rows)
    {
        var scores = Finite(rows.Rows, () => Segments.Score(rows, threads: 1));
        InReach(scores.Assigned.Distances);
        log.Note(Version.Model, Version.Version, rows, scores.Assigned);
        shadow.Note(this, rows, scores.Assigned.Labels);
        return scores;
    }

    /// <summary>The segments, from 0, that are nearest to places.</summary>
    /// <param name="places">n × <see cref="Places"/>.</param>
    public IReadOnlyList<int> Nearest(Matrix places)
    {
        var labels = Finite(places.Rows, () => Segments.Nearest(places, threads: 1));
        log.Note(Version.Model, Version.Version, places, labels);
        return labels;
    }

    /// <summary>Expected spend of six months, ≥ 0; only where there are <see cref="Values"/>.</summary>
    /// <param name="rows">n × their fields.</param>
    public double[] Value(Matrix rows)
    {
        double[] values = Finite(rows.Rows, () => Values!.Model.Predict(rows));
        InReach(values);
        log.Note(Version.Model, Version.Version, rows, values);
        shadow.Note(this, rows, values);
        return values;
    }

    /// <summary>What customers will be worth.</summary>
    /// <param name="customers">n; null: nothing is known that tells it.</param>
    /// <returns>n; null for those, and for all where there is no <see cref="Valuation"/>.</returns>
    public IReadOnlyList<ValueAnswer?> ValueOf(IReadOnlyList<CustomerPast?> customers) =>
        Valuation is null || customers.All(past => past is null) ? new ValueAnswer?[customers.Count] : Finite(customers.Count, () => Valuation.Value(customers));

    // A finite number can still be too large to be squared, and then nothing that follows from it is a number.
    private static T Finite<T>(int rows, Func<T> answer)
    {
        try
        {
            return answer();
        }
        catch (NotFiniteException beyond)
        {
            throw OutOfReach(Math.Min(beyond.Row, rows - 1));
        }
    }

    /// <summary>Whether a distance or value can be told: a finite number can still be too large to be one that anything follows from.</summary>
    public static bool IsInReach(double answer) => Math.Abs(answer) <= Farthest;

    private static void InReach(IReadOnlyList<double> answers)
    {
        for (int i = 0; i < answers.Count; i++)
            if (!IsInReach(answers[i]))
                throw OutOfReach(i);
    }

    private static RequestException OutOfReach(int row) => new(StatusCodes.Status400BadRequest, new(
        "request/out-of-reach", $"Numbers of customer {row + 1} of the request are too large to reckon with.", "Look for a value that is a mistake, or in another unit than the model's."), []);

    /// <param name="label">0 … k−1.</param>
    public string PersonaOf(int label) => Bundle.Segments[label].Persona;

    public string LabelOf(string feature) => labels.GetValueOrDefault(feature, feature);
}

/// <summary>System 002's model and the numbers that it asks for.</summary>
internal sealed class ServedValueModel(PublishedModel model)
{
    public PublishedModel Model => model;
    public NumberFields Fields { get; } = new(PublishedModel.Columns, []) { PassesOver = true };
}
