using Clientele.Artifacts;
using Clientele.Cleaning;
using Clientele.Features;
using Clientele.Settings;

namespace Clientele.Pipeline;

/// <summary>Assigns every customer with a model that is there already.</summary>
internal sealed class ScoreStep(WorkspaceSettings settings, Scoring scoring) : IStep
{
    public const string StepName = "score";
    public static readonly Artifact<FeatureTable> Customers = new(StepName, "customers.bin", FeatureTableFile.Write, FeatureTableFile.Read);
    public static readonly Artifact<Scored> Result = Artifact<Scored>.Json(StepName, "scored.json");

    public string Name => StepName;
    public IReadOnlyList<string> After => [IngestStep.StepName, CleanStep.StepName];
    public object Settings => new { Model = scoring.Digest, Features = new { settings.Features.AsOf }, Outputs = new { settings.Outputs.Csv, settings.Outputs.Parquet } };

    public async Task<string> Run(StepContext run, CancellationToken cancel)
    {
        var ledger = run.Read(CleanStep.Ledger);
        var features = await scoring.Features(await run.Tables.Orders(cancel), ledger, AsOf.Of(settings.Features), cancel);
        run.Progress.Report($"{features.Customers.Count:N0} customers");
        run.Leave(Customers, features);
        var assigned = scoring.Assign(features, run.Threads);
        var reader = (await run.Engines(cancel)).Reader;
        await run.LeaveTable("segments", settings.Outputs, (csv, parquet) => SegmentRows.Write(reader, features, assigned, scoring.Personas, csv, parquet, cancel));
        await run.LeaveFile("ledger.json", file => RunJson.Write(file, LedgerDocument.Of(ledger, features)));
        var counts = assigned.Labels.CountBy(label => label).ToDictionary();
        var scored = new Scored(scoring.Version, scoring.Digest, features.ReferenceDate, features.Customers.Count, assigned.Outliers.Count(outlier => outlier),
            [.. scoring.Personas.Select((persona, i) => new ScoredSegment(i + 1, persona, counts.GetValueOrDefault(i)))]);
        await run.LeaveFile("score.json", file => RunJson.Write(file, scored));
        run.Leave(Result, scored);
        return $"{scored.Customers:N0} customers{(scored.Version is { } version ? $"   model {version}" : "")}";
    }
}

/// <summary><c>score.json</c>: what a run that scores found.</summary>
/// <param name="Version">The model's number in the registry; null: the newest run's, which has none.</param>
/// <param name="Model">SHA-256 of its manifest.</param>
/// <param name="Outliers">Customers unlike those that the model was learnt from.</param>
public sealed record Scored(long? Version, string Model, DateOnly ReferenceDate, int Customers, int Outliers, IReadOnlyList<ScoredSegment> Segments);

/// <param name="Segment">1 … k.</param>
public sealed record ScoredSegment(int Segment, string Persona, int Customers);
