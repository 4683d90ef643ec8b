using Clientele.Cleaning;
using Clientele.Engines;
using Clientele.Features;
using Clientele.Segments;
using Clientele.Sources;

namespace Clientele.Pipeline;

/// <param name="Workspace">Whose newest run has the model.</param>
/// <param name="Orders">Files, relative to the current folder, in the form of the workspace's sources.</param>
public sealed record PredictionRequest(string Workspace, IReadOnlyList<string> Orders)
{
    /// <summary>Reference date, lines on it count; null: the later of the model's and the day of the last kept line.</summary>
    public DateOnly? AsOf { get; init; }
    /// <summary>A .csv or .parquet file; null: CSV to standard output.</summary>
    public string? Output { get; init; }
    public int Threads { get; init; }
}

/// <param name="Customers">Assigned.</param>
/// <param name="Removed">Lines that a cleaning rule removed.</param>
public sealed record PredictionResult(int Customers, DateOnly ReferenceDate, int Outliers, long Removed, long Quarantined);

/// <summary>Assigns customers from raw orders with the model of the newest run: the same reading, cleaning, features and assignment as in training.</summary>
public static class Prediction
{
    public static async Task<PredictionResult> Execute(
        PredictionRequest request, Func<Stream> standardOutput, IProgress<StepProgress>? progress, CancellationToken cancel)
    {
        var scoring = await Scoring.In(Path.Combine(request.Workspace, "runs", RunFolder.Latest, "model"), null, cancel);
        var settings = scoring.Bundle.Settings with { Sources = [new() { Files = request.Orders }] };
        var steps = new StepClock(progress);

        steps.Begin("ingest");
        using var plain = PlainSources.Begin(Environment.CurrentDirectory, settings, cancel);
        await using var engines = await EnginePair.Open(settings, request.Threads, cancel);
        var intake = await OrderIntake.Read(engines, Environment.CurrentDirectory, settings, plain, request.AsOf is { } day ? AsOf.EndOf(day) : null, steps, cancel);
        steps.End($"{intake.Ledger.Read.Rows:N0} rows   {intake.Ledger.Kept.Rows:N0} kept   {intake.Ledger.Quarantined:N0} quarantined");

        steps.Begin("features");
        var features = await scoring.Features(engines.Worker, intake.Ledger, request.AsOf is { } end ? AsOf.EndOf(end) : null, cancel);
        steps.End($"{features.Customers.Count:N0} customers as of {features.ReferenceDate:yyyy-MM-dd}");

        steps.Begin("assign");
        var assigned = scoring.Assign(features, request.Threads);
        await Write(request.Output, engines.Reader, features, assigned, scoring.Personas, standardOutput, cancel);
        steps.End(request.Output ?? "standard output");
        return new(features.Customers.Count, features.ReferenceDate, assigned.Outliers.Count(outlier => outlier), intake.Ledger.Removed.Sum(rule => rule.Rows), intake.Ledger.Quarantined);
    }

    private static Task Write(
        string? path, EngineClient engine, FeatureTable features, SegmentAssignment assigned, IReadOnlyList<string> personas, Func<Stream> standardOutput, CancellationToken cancel)
    {
        bool parquet = path is not null && path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase);
        return ResultFile.Write(path, standardOutput, output => SegmentRows.Write(engine, features, assigned, personas, parquet ? null : output, parquet ? output : null, cancel));
    }
}
