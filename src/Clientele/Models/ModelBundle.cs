using System.Text.Json;
using System.Text.Json.Serialization;
using Clientele.Learning;
using Clientele.Lifetime;
using Clientele.Problems;
using Clientele.Segments;
using Clientele.Settings;
using Clientele.Sources;

namespace Clientele.Models;

/// <summary>
/// Everything needed to score a customer from raw orders, kept together: the workspace's settings, the reference date, the space, the clusters,
/// the names. A folder of JSON and raw little-endian floats with a manifest of digests; no format in it can carry code.
/// </summary>
/// <param name="Fields">What the training's source knew: new orders get the same features, whatever they happen to hold.</param>
/// <param name="HomeCountry">What <c>is_home_country</c> asked for in training; null when the source has no country.</param>
/// <param name="Segments">Segment 1 first.</param>
public sealed record ModelBundle(
    WorkspaceSettings Settings, SourceFields Fields, DateOnly ReferenceDate, string? HomeCountry, SegmentModel Model, IReadOnlyList<BundledSegment> Segments)
{
    internal const int Schema = 2;
    /// <summary>Most customers whose features a bundle keeps.</summary>
    public const int MostReference = 10_000;
    private const string ReferenceName = "reference.bin";
    internal const string SettingsName = "settings.json", ValuationName = "valuation.json", PublishedName = PublishedModel.Name + ".json";
    private const string PersonasName = "personas.json";

    /// <summary>
    /// Features of the customers that the model was learnt from, so that later ones can be compared with them: <see cref="SegmentModel.Space"/>'s columns, then the categories, as <see cref="ReferenceOf"/> leaves them.
    /// Null: they were not kept.
    /// </summary>
    public Matrix? Reference { get; init; }

    /// <summary>The personas as the run's <c>personas.json</c> has them, in UTF-8, but nobody's id; null: they were not kept.</summary>
    public ReadOnlyMemory<byte>? Personas { get; init; }

    /// <summary>Values customers; null: the run valued nobody. Of a bundle that was loaded it is read when first asked for: a forest's takes a while.</summary>
    /// <exception cref="ProblemException"><c>models/unreadable</c>.</exception>
    public CustomerValuation? Valuation
    {
        get => Kept?.Value;
        init => Kept = value is null ? null : new(value);
    }

    /// <summary>Whether there is a <see cref="Valuation"/>.</summary>
    public bool ValuesCustomers => Kept is not null;

    private Lazy<CustomerValuation>? Kept { get; init; }

    /// <summary>System 002's model; null: it was not learned.</summary>
    public PublishedModel? Published { get; init; }

    /// <summary>What is kept of customers for comparison: each feature's values by themselves, in ascending order, so that no row is anybody's; of every second, third … customer where there are more than <see cref="MostReference"/>.</summary>
    /// <param name="customers">n × d.</param>
    public static Matrix ReferenceOf(Matrix customers)
    {
        ArgumentNullException.ThrowIfNull(customers);
        int every = Math.Max(1, (customers.Rows + MostReference - 1) / MostReference);
        var kept = new Matrix((customers.Rows + every - 1) / every, customers.Columns);
        for (int j = 0; j < kept.Columns; j++)
        {
            double[] values = [.. Enumerable.Range(0, kept.Rows).Select(i => customers[i * every, j])];
            Array.Sort(values);
            for (int i = 0; i < kept.Rows; i++)
                kept[i, j] = values[i];
        }
        return kept;
    }

    internal static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Converters = { new MatrixJson(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>The bundle's files by name, its manifest among them. Equal bundles give equal bytes.</summary>
    public IReadOnlyDictionary<string, byte[]> Files()
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [SettingsName] = JsonSerializer.SerializeToUtf8Bytes(Settings, Json),
            ["model.json"] = JsonSerializer.SerializeToUtf8Bytes(
                new Document(Fields, ReferenceDate, HomeCountry, Model.Space, Model.Categories, Model.Clusters, Model.OutlierScore, Model.Forest is not null, Segments), Json),
        };
        if (Model.Forest is not null)
            files["forest.bin"] = ForestFile.Write(Model.Forest);
        if (Reference is not null)
            files[ReferenceName] = ReferenceFile.Write(Reference);
        if (Personas is { } personas)
            files[PersonasName] = personas.ToArray();
        if (Valuation is not null)
            files[ValuationName] = JsonSerializer.SerializeToUtf8Bytes(Valuation, Json);
        if (Published is not null)
            files[PublishedName] = JsonSerializer.SerializeToUtf8Bytes(Published, Json);
        files[BundleManifest.Name] = BundleManifest.Of(files, Schema);
        return files;
    }

    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, content) in Files())
            File.WriteAllBytes(Path.Combine(folder, name), content);
    }

    /// <exception cref="ProblemException">There is no bundle, it is of a later schema, or a file is not what its digest says.</exception>
    public static ModelBundle Load(string folder)
    {
        BundleManifest.Verify(folder, Schema);
        try
        {
            var settings = Read<WorkspaceSettings>(folder, SettingsName);
            var document = Read<Document>(folder, "model.json");
            if (document.Clusters is null)
                throw new JsonException("The model is of an earlier schema.");
            var forest = document.HasForest ? ForestFile.Read(File.ReadAllBytes(Path.Combine(folder, "forest.bin"))) : null;
            string reference = Path.Combine(folder, ReferenceName);
            return new(settings, document.Fields, document.ReferenceDate, document.HomeCountry,
                new(document.Space, document.Categories, document.Clusters, forest, document.OutlierScore), document.Segments)
            {
                Reference = File.Exists(reference) ? ReferenceFile.Read(File.ReadAllBytes(reference)) : null,
                Personas = File.Exists(Path.Combine(folder, PersonasName)) ? (ReadOnlyMemory<byte>?)File.ReadAllBytes(Path.Combine(folder, PersonasName)) : null,
                Kept = File.Exists(Path.Combine(folder, ValuationName)) ? new(() => Later<CustomerValuation>(folder, ValuationName)) : null,
                Published = File.Exists(Path.Combine(folder, PublishedName)) ? Read<PublishedModel>(folder, PublishedName) : null,
            };
        }
        catch (Exception broken) when (broken is JsonException or EndOfStreamException)
        {
            throw Unreadable(folder, broken);
        }
    }

    private static T Later<T>(string folder, string file)
    {
        try
        {
            return Read<T>(folder, file);
        }
        catch (Exception broken) when (broken is JsonException or IOException)
        {
            throw Unreadable(folder, broken);
        }
    }

    private static ProblemException Unreadable(string folder, Exception broken) =>
        new(new("models/unreadable", $"The model in {folder} cannot be read.", "Run the workspace again: clientele run."), broken);

    /// <summary>Finds out how the files of a bundle are read, ahead of the first: a tenth of a second that may pass beside other work.</summary>
    public static void WarmUp()
    {
        JsonSerializer.Deserialize<WorkspaceSettings>("""
            {"sources": [{"files": [""]}], "columns": {"customer": "", "ordered_at": ""}, "quarantine": {}, "cleaning": {"missing": [""]}, "features": {}, "outliers": {}, "preparation": {}, "segmentation": {}, "lifetime": {}, "outputs": {}}
            """u8, Json);
        JsonSerializer.Deserialize<Document>("""
            {"fields": {}, "reference_date": "2000-01-01", "categories": [], "clusters": {"kind": "centres", "centres": [[0]]}, "segments": [{}],
             "space": {"columns": [""], "yeo_johnson": {"lambdas": [0]}, "standard": {"means": [0], "scales": [1]}, "components": {"mean": [0], "components": [[1]], "variances": [1], "shares": [1]}}}
            """u8, Json);
    }

    internal static T Read<T>(string folder, string file)
    {
        using var stream = File.OpenRead(Path.Combine(folder, file));
        return JsonSerializer.Deserialize<T>(stream, Json) ?? throw new JsonException($"{file} is empty.");
    }

    private sealed record Document(
        SourceFields Fields, DateOnly ReferenceDate, string? HomeCountry, CustomerSpace Space, IReadOnlyList<string> Categories, IClusterModel Clusters,
        double OutlierScore, bool HasForest, IReadOnlyList<BundledSegment> Segments);
}

/// <param name="Segment">1 … k.</param>
/// <param name="Persona">Its human name.</param>
public sealed record BundledSegment(int Segment, string Persona);
