using System.Globalization;
using Clientele.Lifetime;
using Clientele.Settings;
using Clientele.Tracking;

namespace Clientele.Pipeline;

/// <summary>What the store is told of a run: settings when it begins, figures when it is done.</summary>
internal static class RunFigures
{
    public static IReadOnlyDictionary<string, string> Params(WorkspaceSettings settings) => new Dictionary<string, string>
    {
        ["seed"] = settings.Seed.ToString(CultureInfo.InvariantCulture),
        ["model"] = settings.Segmentation.Model,
        ["features"] = settings.Features.Set,
        ["transform"] = settings.Preparation.Transform,
        ["scale"] = settings.Preparation.Scale,
        ["outliers"] = settings.Outliers.Share.ToString(CultureInfo.InvariantCulture),
    };

    public static RunFacts Of(RunResult run) => new()
    {
        Params = new Dictionary<string, string>
        {
            ["k"] = run.Segmentation.Clusters.ToString(CultureInfo.InvariantCulture),
            ["as_of"] = run.Segmentation.Features.ReferenceDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        },
        Metrics = [.. Metrics(run).Where(metric => metric.Value is not null).Select(metric => new MetricPoint(metric.Key, metric.Value!.Value)), .. RunParts.Series(run)],
        Parts = [.. RunParts.Of(run)],
    };

    public static RunFacts Of(ScoreResult run) => new()
    {
        Params = new Dictionary<string, string>
        {
            ["k"] = run.Scored.Segments.Count.ToString(CultureInfo.InvariantCulture),
            ["as_of"] = run.Scored.ReferenceDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["model_version"] = run.Scored.Version?.ToString(CultureInfo.InvariantCulture) ?? "none",
            ["model_digest"] = run.Scored.Model,
        },
        Metrics =
        [
            new("customers", run.Scored.Customers), new("outliers", run.Scored.Outliers), new("rows_kept", run.Ledger.Kept.Rows), new("rows_quarantined", run.Ledger.Quarantined),
            new("revenue_kept", (double)run.Ledger.Kept.Revenue), .. Drift(run.Drift),
        ],
    };

    // Of every feature its distance or statistic, so that its history over runs can be asked for.
    private static IEnumerable<MetricPoint> Drift(DriftReport drift) => !drift.Compared ? [] :
    [
        new("drifted", drift.Drifted ? 1 : 0), new("drift_share", drift.ShareDrifted),
        .. drift.Columns.Where(column => column.Statistic is not null).Select(column => new MetricPoint($"drift.{column.Name}", column.Statistic!.Value)),
    ];

    private static Dictionary<string, double?> Metrics(RunResult run)
    {
        var evidence = run.Segmentation.Natural.Evidence.FirstOrDefault(row => row.Clusters == run.Segmentation.Clusters);
        var quality = run.Segmentation.Quality;
        return new()
        {
            ["customers"] = run.Ledger.Customers,
            ["rows_kept"] = run.Ledger.Kept.Rows,
            ["rows_quarantined"] = run.Ledger.Quarantined,
            ["revenue_kept"] = (double)run.Ledger.Kept.Revenue,
            ["segments"] = run.Segmentation.Clusters,
            ["natural_groups"] = run.Segmentation.Natural.Clusters,
            ["inertia"] = evidence?.Inertia,
            ["silhouette"] = evidence?.Silhouette,
            ["davies_bouldin"] = evidence?.DaviesBouldin,
            ["calinski_harabasz"] = evidence?.CalinskiHarabasz,
            ["least_jaccard"] = quality.Min(segment => segment.Jaccard),
            ["least_share"] = quality.Min(segment => segment.Share),
            ["next_best_hit_rate"] = run.NextBest?.Share,
            ["clv_error"] = run.Lifetime?.Valued.Contest is { } contest ? Rmse(contest, contest.Mean.Model) / Rmse(contest, contest.Mean.Baseline) : null,
        };
    }

    // Over all cut-offs.
    private static double? Rmse(ContestResult contest, string model) => contest.Entries.Where(entry => entry.Model == model).Select(entry => (double?)entry.Rmse).Average();
}
