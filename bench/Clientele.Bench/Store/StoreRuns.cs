using System.Globalization;
using Clientele.Storage;
using Clientele.Tracking;

namespace Clientele.Bench;

/// <summary>How long a list of runs takes among very many, and how much room each takes, in SQLite. What is timed is the search alone: not the program's start, not printing.</summary>
internal static class StoreRuns
{
    // Of each run: 6 metrics, 5 params, 2 tags.
    private static readonly (string Table, string Key, string Value)[] Facts =
    [
        ("run_metrics", "silhouette", "(number * 7919 % 1000) / 1000.0"),
        ("run_metrics", "contrary", "1 - (number * 7919 % 1000) / 1000.0"),
        ("run_metrics", "davies_bouldin", "(number * 104729 % 3000) / 1000.0"),
        ("run_metrics", "inertia", "number * 31 % 100000 + 0.5"),
        ("run_metrics", "customers", "5000 + number % 900"),
        ("run_metrics", "least_jaccard", "(number * 15485863 % 997) / 997.0"),
        ("run_params", "k", "CAST(2 + number % 9 AS TEXT)"),
        ("run_params", "seed", "CAST(number AS TEXT)"),
        ("run_params", "model", "CASE WHEN number % 4 = 0 THEN 'mixture' ELSE 'kmeans' END"),
        ("run_params", "features", "'retail_15'"),
        ("run_params", "as_of", "'2011-12-09'"),
        ("run_tags", "shop", "CASE WHEN number % 50 = 0 THEN 'york' ELSE 'paris' END"),
        ("run_tags", "user", "'user' || number % 20"),
    ];

    private static readonly string[] Filters =
    [
        "",
        "metrics.silhouette > 0.4 and params.k = '4'",
        "metrics.silhouette > 0.4 and params.k = '4' and tags.shop like 'y%'",
        "metrics.silhouette >= 0.998",
        "params.seed = '123456'",
        "state = 'failed' and metrics.silhouette > 0.9",
        "metrics.silhouette > 0.5 and params.k = '99'",
        "tags.shop like 'z%'",
        "metrics.silhouette > 0.6 and metrics.contrary > 0.6",
    ];

    public static async Task Run(int runs)
    {
        string folder = Directory.CreateTempSubdirectory("clientele-bench-").FullName;
        try
        {
            var address = StoreAddress.File(Path.Combine(folder, StoreAddress.FileName));
            await using (var store = await Store.Open(address, TimeProvider.System))
                await Fill(store, runs);
            long bytes = new FileInfo(Path.Combine(folder, StoreAddress.FileName)).Length;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{runs:N0} runs with 6 metrics, 5 params, 2 tags: {bytes / 1e6:0} MB, {(double)bytes / runs:0} bytes a run"));
            History.Add($"store: bytes a run of {runs:N0}", (double)bytes / runs);

            await using var opened = await Store.Open(address, TimeProvider.System);
            foreach (string filter in Filters)
                await Time(opened, runs, filter, null);
            await Time(opened, runs, "params.k = '4'", "metrics.silhouette");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Time(Store store, int runs, string filter, string? order)
    {
        var query = new RunQuery
        {
            Filter = RunFilter.Parse(filter),
            Order = order is null ? null : RunField.Parse(order),
            Show = [RunField.Parse("params.k"), RunField.Parse("metrics.silhouette"), RunField.Parse("metrics.customers")],
        };
        var seconds = new List<double>();
        int found = 0;
        for (int round = 0; round < 12; round++)
        {
            long start = System.Diagnostics.Stopwatch.GetTimestamp();
            found = (await new Runs(store).Find(query)).Rows.Count;
            seconds.Add(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        string what = $"{(filter.Length > 0 ? filter : "no filter")}{(order is null ? "" : $", by {order}")}";
        double first = seconds[0], median = seconds.Skip(1).Order().ElementAt(5);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-76} {found,3} of a page   first {1e3 * first,7:0.0} ms   then {1e3 * median,7:0.0} ms"));
        History.Add($"store: list {runs:N0} runs, {what}: ms", 1e3 * median);
    }

    private static async Task Fill(Store store, int runs)
    {
        await store.Write(session => session.Execute("INSERT INTO experiments (name, created_at) VALUES ('bench', 0)"), default);
        await store.Write(session => session.Execute(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @runs)
            INSERT INTO runs (id, experiment, name, kind, state, code_version, settings_digest, created_at, started_at, ended_at, fence)
            SELECT 'run-' || i, 1, 'run-' || i, 'train', CASE WHEN i % 20 = 0 THEN 'Failed' ELSE 'Completed' END, '0.1.0', 'd24a0c2e9a5f4b3c8d7e6f5a4b3c2d1e', 1700000000000 + i * 60000, 1700000000000 + i * 60000, 1700000030000 + i * 60000, 1 FROM n
            """, ("runs", (long)runs)), default);
        foreach (var (table, key, value) in Facts)
            await store.Write(session => session.Execute(table == "run_metrics"
                ? $"INSERT INTO run_metrics (run, key, value, step, at) SELECT number, '{key}', {value}, 0, ended_at FROM runs"
                : $"INSERT INTO {table} (run, key, value) SELECT number, '{key}', {value} FROM runs"), default);
    }
}
