using System.Globalization;
using System.Text.Json;
using Clientele.Pipeline;
using Clientele.Tracking;

namespace Clientele.Cli;

/// <summary>Runs as people and machines see them.</summary>
internal static class RunTables
{
    public static void Write(TextWriter output, RunPage page, IReadOnlyList<string> shown, bool filtered)
    {
        if (page.Rows.Count == 0)
        {
            output.WriteLine(filtered ? "No run is like that. All of them: clientele runs list" : "No runs yet. Make one: clientele run");
            return;
        }
        Table.Write(output, ["run", "state", "begun", "time", .. shown.Select(name => name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..])],
            [.. page.Rows.Select(row => (string[])[row.Run.Id, row.Run.State.ToString(), Moment(row.Run.StartedAt), Time(row.Run), .. row.Shown.Select(Cell)])]);
        if (page.Next is { } next)
            output.WriteLine($"More: --page {next}");
    }

    public static string Json(RunPage page, IReadOnlyList<string> shown) => JsonSerializer.Serialize(new
    {
        Runs = page.Rows.Select(row => new { row.Run, Shown = shown.Zip(row.Shown).ToDictionary(pair => pair.First, pair => pair.Second) }),
        page.Next,
    }, RunJson.Options);

    public static void Write(TextWriter output, RunDetails run)
    {
        output.WriteLine($"{run.Run.Id}   {run.Run.State}{(run.Run.Reason is { } reason ? $": {reason}" : "")}");
        output.WriteLine($"  {run.Run.Kind} of {run.Run.Experiment}, begun {Moment(run.Run.StartedAt)}, {Time(run.Run)}, by Clientele {run.Run.CodeVersion}");
        if (run.Run.Folder is { } folder)
            output.WriteLine($"  {folder}");
        Section("steps", run.Steps.Select(step => (step.Name, $"{step.State}{(step.Attempt > 1 ? $" at attempt {step.Attempt}" : "")}{(step.Detail is { } detail ? $"   {detail}" : "")}")));
        Section("params", run.Params.Select(param => (param.Key, param.Value)));
        Section("metrics", run.Metrics.Select(metric => (metric.Key, Cell(metric.Value))));
        Section("tags", run.Tags.Select(tag => (tag.Key, tag.Value)));
        Section("data", run.Datasets.Select(set => (set.Key, set.Value)));
        Section("files", run.Artifacts.Select(file => (file.Path, $"{file.Bytes:N0} bytes   {file.Digest[..Math.Min(12, file.Digest.Length)]}…")));
        Section("parts", run.Children.Select(child => (child, "")));

        void Section(string name, IEnumerable<(string Key, string Value)> rows)
        {
            var all = rows.ToList();
            if (all.Count == 0)
                return;
            output.WriteLine(name);
            int width = all.Max(row => row.Key.Length);
            foreach (var (key, value) in all)
                output.WriteLine($"  {key.PadRight(width)}   {value}".TrimEnd());
        }
    }

    public static void Write(TextWriter output, RunComparison comparison)
    {
        if (comparison.Differences.Count > 0)
            Table.Write(output, ["", .. comparison.Runs], [.. comparison.Differences.Select(row => (string[])[row.Name, .. row.Values.Select(value => Short(value))])]);
        output.WriteLine($"{comparison.Same:N0} {(comparison.Same == 1 ? "thing is" : "things are")} the same in all.");
    }

    private static string Short(string? value) => value is null ? "–" : value.Length > 24 ? $"{value[..23]}…" : value;

    private static string Cell(object? value) => value switch
    {
        null => "–",
        double number when Math.Abs(number) < 1e15 && number == Math.Truncate(number) => number.ToString("#,0", CultureInfo.InvariantCulture),
        double number => number.ToString("0.####", CultureInfo.InvariantCulture),
        _ => Short((string)value),
    };

    private static string Moment(DateTimeOffset? moment) => moment?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "–";

    private static string Time(Run run) => run is { StartedAt: { } from, EndedAt: { } until } ? string.Create(CultureInfo.InvariantCulture, $"{(until - from).TotalSeconds:0.0} s") : "–";
}
