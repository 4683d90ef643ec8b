using System.Globalization;
using System.Text.Json;
using Clientele.Registry;
using Clientele.Tracking;

namespace Clientele.Pipeline;

/// <summary>Tells the store of a run that is done: its settings, figures, data and files, and its model as a version of its own.</summary>
internal static class FinishedRun
{
    public static async Task Remember(string workspace, RunResult run, TimeProvider clock, CancellationToken cancel)
    {
        await using var store = await WorkspaceStore.Open(workspace, clock, cancel);
        var manifest = JsonSerializer.Deserialize<Manifest>(await File.ReadAllBytesAsync(Path.Combine(run.Folder, Manifest.Name), cancel), RunJson.Options)!;
        var created = await store.Runs.Create(new()
        {
            Experiment = store.Name,
            Id = run.Id,
            CodeVersion = manifest.Version,
            SettingsDigest = manifest.Settings,
            Params = Params(run),
        }, cancel);
        await using var held = await store.Runs.Claim(created.Id, cancel);
        RunArtifact[] files = [.. manifest.Artifacts.Select(file => new RunArtifact(file.Key, file.Value, new FileInfo(Path.Combine(run.Folder, file.Key)).Length))];
        await RunArtifactFiles.Keep(store, run.Folder, files, cancel);
        await held.Record(new()
        {
            Metrics = [.. Metrics(run).Where(metric => metric.Value is not null).Select(metric => new MetricPoint(metric.Key, metric.Value!.Value))],
            Datasets = manifest.Inputs,
            Artifacts = files,
            Folder = Path.GetFullPath(run.Folder),
        }, cancel);
        await held.End(RunState.Completed, cancel: cancel);
        await Register(store, run, created.Id, cancel);
    }

    // The first model serves; those that follow wait to be promoted.
    private static async Task Register(WorkspaceStore store, RunResult run, string id, CancellationToken cancel)
    {
        var by = Act.ByThisUser($"Made by the run {id}.");
        var version = await store.Models.Register(store.Name, Path.Combine(run.Folder, "model"), id, by, cancel);
        var champion = await store.Models.Called(store.Name, ModelRegistry.Champion, cancel);
        if (champion != version)
            await store.Models.Move(store.Name, champion is null ? ModelRegistry.Champion : ModelRegistry.Challenger, version.Version, by, cancel);
    }

    private static Dictionary<string, string> Params(RunResult run) => new()
    {
        ["seed"] = run.Settings.Seed.ToString(CultureInfo.InvariantCulture),
        ["model"] = run.Settings.Segmentation.Model,
        ["k"] = run.Segmentation.Clusters.ToString(CultureInfo.InvariantCulture),
        ["features"] = run.Settings.Features.Set,
        ["as_of"] = run.Segmentation.Features.ReferenceDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["transform"] = run.Settings.Preparation.Transform,
        ["scale"] = run.Settings.Preparation.Scale,
        ["outliers"] = run.Settings.Outliers.Share.ToString(CultureInfo.InvariantCulture),
    };

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
        };
    }
}
