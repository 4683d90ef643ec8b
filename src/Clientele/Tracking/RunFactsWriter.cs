using Clientele.Problems;
using Clientele.Storage;

namespace Clientele.Tracking;

/// <summary>Writes what a run has to tell into the store.</summary>
internal static class RunFactsWriter
{
    public static async Task Write(StoreSession store, long run, RunFacts facts)
    {
        await WriteParams(store, run, facts.Params);
        await store.ExecuteMany(
            "INSERT INTO run_tags (run, key, value) VALUES (@run, @key, @value) ON CONFLICT (run, key) DO UPDATE SET value = EXCLUDED.value",
            facts.Tags.Select(tag => Row(("run", run), ("key", tag.Key), ("value", tag.Value))));
        foreach (var point in facts.Metrics)
            await Add(store, run, point);
        await store.ExecuteMany(
            "INSERT INTO run_datasets (run, name, digest) VALUES (@run, @name, @digest) ON CONFLICT (run, name) DO UPDATE SET digest = EXCLUDED.digest",
            facts.Datasets.Select(set => Row(("run", run), ("name", set.Key), ("digest", set.Value))));
        await store.ExecuteMany(
            """
            INSERT INTO run_artifacts (run, path, step, digest, bytes) VALUES (@run, @path, @step, @digest, @bytes)
            ON CONFLICT (run, path) DO UPDATE SET step = EXCLUDED.step, digest = EXCLUDED.digest, bytes = EXCLUDED.bytes
            """,
            facts.Artifacts.Select(file => Row(("run", run), ("path", file.Path), ("step", file.Step), ("digest", file.Digest), ("bytes", file.Bytes))));
        if (facts.Folder is not null)
            await store.Execute("UPDATE runs SET folder = @folder WHERE number = @run", ("run", run), ("folder", facts.Folder));
        if (facts.Parts.Count > 0)
            await WriteParts(store, run, facts.Parts);
    }

    private static async Task WriteParts(StoreSession store, long run, IReadOnlyList<RunPart> parts)
    {
        var whole = await store.Row($"SELECT {Run.Columns} FROM runs r WHERE r.number = @run", Run.Read, ("run", run)) ?? throw new InvalidOperationException("A run that is not there has no parts.");
        foreach (var part in parts)
        {
            var (number, _) = await RunRows.Insert(store, new() { Id = $"{whole.Id}-{part.Id}", Name = part.Name, Kind = part.Kind, Experiment = whole.Experiment, Parent = whole.Id, CodeVersion = whole.CodeVersion, SettingsDigest = whole.SettingsDigest });
            await Write(store, number, part.Facts);
            await store.Execute("UPDATE runs SET state = 'Completed', started_at = @begun, ended_at = @now WHERE number = @run",
                ("run", number), ("begun", (whole.StartedAt ?? whole.CreatedAt).ToUnixTimeMilliseconds()), ("now", store.Now));
        }
    }

    private static async Task WriteParams(StoreSession store, long run, IReadOnlyDictionary<string, string> facts)
    {
        foreach (var (key, value) in facts)
        {
            if (await store.Execute("INSERT INTO run_params (run, key, value) VALUES (@run, @key, @value) ON CONFLICT DO NOTHING", ("run", run), ("key", key), ("value", value)) == 1)
                continue;
            string? stands = await store.Row("SELECT value FROM run_params WHERE run = @run AND key = @key", row => row.GetString(0), ("run", run), ("key", key));
            if (stands != value)
                throw new ProblemException(new("runs/param-changed", $"The param '{key}' is '{stands}' already and cannot become '{value}'.", "Params are written once; what changes is a metric or a tag."));
        }
    }

    // The latest point stands in run_metrics, so a metric of one point takes one row; those before it in metric_history.
    private static async Task Add(StoreSession store, long run, MetricPoint point)
    {
        var values = Row(("run", run), ("key", point.Key), ("value", Rows.OrNull(point.Value)), ("step", point.Step), ("at", point.At?.ToUnixTimeMilliseconds() ?? store.Now));
        if (await store.Execute("INSERT INTO run_metrics (run, key, value, step, at) VALUES (@run, @key, @value, @step, @at) ON CONFLICT DO NOTHING", values) == 1)
            return;
        var (number, stands) = await store.Row(
            "SELECT value, step, at, (SELECT COUNT(*) FROM metric_history h WHERE h.run = m.run AND h.key = m.key) FROM run_metrics m WHERE run = @run AND key = @key",
            row => Tuple.Create(row.GetInt64(3), new MetricPoint(point.Key, row.Measured(0), row.GetInt64(1), row.Moment(2))), ("run", run), ("key", point.Key))
            ?? throw new InvalidOperationException($"The metric {point.Key} is neither there nor not there.");
        var added = point with { At = point.At ?? DateTimeOffset.FromUnixTimeMilliseconds(store.Now) };
        bool later = MetricOrder.Compare(added, stands) >= 0;
        var former = later ? stands : added;
        await store.Execute("INSERT INTO metric_history (run, key, position, value, step, at) VALUES (@run, @key, @position, @value, @step, @at)",
            ("run", run), ("key", point.Key), ("position", number), ("value", Rows.OrNull(former.Value)), ("step", former.Step), ("at", former.At!.Value.ToUnixTimeMilliseconds()));
        if (later)
            await store.Execute("UPDATE run_metrics SET value = @value, step = @step, at = @at WHERE run = @run AND key = @key", values);
    }

    private static (string Name, object? Value)[] Row(params (string Name, object? Value)[] values) => values;
}
