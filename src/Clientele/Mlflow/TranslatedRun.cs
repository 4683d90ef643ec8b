using System.Text.Json;
using Clientele.Tracking;

namespace Clientele.Mlflow;

/// <summary>A run in MLflow's terms.</summary>
/// <param name="Origin">What it is known by there, in whichever store it is from.</param>
internal sealed record TranslatedRun(
    string Name, string Origin, string Status, long? StartTime, long? EndTime, IReadOnlyList<MlflowPair> Params, IReadOnlyList<MlflowPair> Tags, IReadOnlyList<MlflowMetric> Metrics,
    IReadOnlyList<MlflowDatasetInput> Datasets)
{
    /// <summary>The tag that says where a run, or a version of a model, came from.</summary>
    public const string OriginTag = "clientele.origin";

    // Lengths of MLflow's own checks.
    private const int LongestName = 250, LongestTag = 5_000, LongestDataset = 500, DigestLength = 36;

    public static TranslatedRun Of(RunDetails run, IReadOnlyList<MetricPoint> points, string origin, string? parent) => new(
        Cut(run.Run.Name, LongestName), origin, StatusOf(run.Run.State), Time(run.Run.StartedAt ?? run.Run.CreatedAt), Time(run.Run.EndedAt),
        [.. run.Params.Select(param => new MlflowPair(MlflowNames.Of(param.Key), param.Value))],
        [.. TagsOf(run, origin, parent)],
        [.. points.Select(point => new MlflowMetric(MlflowNames.Of(point.Key), point.Value, Time(point.At)!.Value, point.Step)).Distinct()],
        [.. run.Datasets.Select(set => new MlflowDatasetInput([new("mlflow.data.context", "training")],
            new(Cut(set.Key, LongestDataset), set.Value[..Math.Min(DigestLength, set.Value.Length)], "local", JsonSerializer.Serialize(new { uri = set.Key, sha256 = set.Value }, MlflowJson.Options))))]);

    private static IEnumerable<MlflowPair> TagsOf(RunDetails run, string origin, string? parent)
    {
        yield return new(OriginTag, origin);
        yield return new("mlflow.runName", Cut(run.Run.Name, LongestName));
        yield return new("mlflow.source.type", "LOCAL");
        yield return new("mlflow.source.name", "clientele");
        if (parent is not null)
            yield return new("mlflow.parentRunId", parent);
        if (run.Run.Reason is { Length: > 0 } reason)
            yield return new("mlflow.note.content", Cut(reason, LongestTag));
        yield return new("clientele.run", run.Run.Id);
        yield return new("clientele.kind", run.Run.Kind);
        if (run.Run.CodeVersion.Length > 0)
            yield return new("clientele.version", run.Run.CodeVersion);
        if (run.Run.SettingsDigest.Length > 0)
            yield return new("clientele.settings", run.Run.SettingsDigest);
        foreach (var tag in run.Tags)
            yield return new(MlflowNames.Of(tag.Key), tag.Value);
    }

    private static string StatusOf(RunState state) => state switch
    {
        RunState.Scheduled or RunState.Pending => "SCHEDULED",
        RunState.Running or RunState.Retrying => "RUNNING",
        RunState.Completed or RunState.Cached => "FINISHED",
        RunState.Cancelled => "KILLED",
        _ => "FAILED",
    };

    private static long? Time(DateTimeOffset? moment) => moment?.ToUnixTimeMilliseconds();

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];
}
