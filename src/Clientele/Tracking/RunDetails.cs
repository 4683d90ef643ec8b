using System.Data.Common;
using Clientele.Storage;

namespace Clientele.Tracking;

/// <summary>A run with its steps, settings, figures, data and files.</summary>
/// <param name="Metrics">The latest point of each.</param>
/// <param name="Datasets">SHA-256 by name.</param>
/// <param name="Children">Ids of the runs that are part of it.</param>
public sealed record RunDetails(
    Run Run, IReadOnlyList<Step> Steps, IReadOnlyDictionary<string, string> Params, IReadOnlyDictionary<string, string> Tags, IReadOnlyList<MetricPoint> Metrics,
    IReadOnlyDictionary<string, string> Datasets, IReadOnlyList<RunArtifact> Artifacts, IReadOnlyList<string> Children)
{
    internal static async Task<RunDetails> Read(StoreSession store, string id)
    {
        var run = await RunRows.Get(store, id);
        return new(run,
            await store.Rows($"SELECT {Step.Columns} FROM steps WHERE run = @run ORDER BY position", Step.Read, ("run", run.Number)),
            await Pairs("SELECT key, value FROM run_params WHERE run = @run ORDER BY key"),
            await Pairs("SELECT key, value FROM run_tags WHERE run = @run ORDER BY key"),
            await store.Rows("SELECT key, value, step, at FROM run_metrics WHERE run = @run ORDER BY key", Point, ("run", run.Number)),
            await Pairs("SELECT name, digest FROM run_datasets WHERE run = @run ORDER BY name"),
            await store.Rows("SELECT path, digest, bytes, step FROM run_artifacts WHERE run = @run ORDER BY path",
                row => new RunArtifact(row.GetString(0), row.GetString(1), row.GetInt64(2), row.TextOrNull(3)), ("run", run.Number)),
            await store.Rows("SELECT id FROM runs WHERE parent = @run ORDER BY number", row => row.GetString(0), ("run", run.Number)));

        async Task<IReadOnlyDictionary<string, string>> Pairs(string sql) =>
            new SortedDictionary<string, string>((await store.Rows(sql, row => KeyValuePair.Create(row.GetString(0), row.GetString(1)), ("run", run.Number))).ToDictionary(), StringComparer.Ordinal);
    }

    internal static async Task<IReadOnlyList<MetricPoint>> ReadHistory(StoreSession store, string id, string metric)
    {
        var run = await RunRows.Get(store, id);
        var points = await store.Rows(
            """
            SELECT key, value, step, at FROM metric_history WHERE run = @run AND key = @key
            UNION ALL SELECT key, value, step, at FROM run_metrics WHERE run = @run AND key = @key
            """, Point, ("run", run.Number), ("key", metric));
        points.Sort(MetricOrder.Compare);
        return points;
    }

    internal static async Task<IReadOnlyList<MetricPoint>> ReadHistories(StoreSession store, string id)
    {
        var run = await RunRows.Get(store, id);
        var points = await store.Rows(
            "SELECT key, value, step, at FROM metric_history WHERE run = @run UNION ALL SELECT key, value, step, at FROM run_metrics WHERE run = @run", Point, ("run", run.Number));
        return [.. points.OrderBy(point => point.Key, StringComparer.Ordinal).ThenBy(point => point, Comparer<MetricPoint>.Create(MetricOrder.Compare))];
    }

    private static MetricPoint Point(DbDataReader row) => new(row.GetString(0), row.Measured(1), row.GetInt64(2), row.Moment(3));
}
