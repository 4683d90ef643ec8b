using System.Globalization;

namespace Clientele.Tracking;

/// <summary>Where runs differ.</summary>
/// <param name="Runs">Their ids.</param>
/// <param name="Same">How many settings, figures, data sets and files are the same in all.</param>
public sealed record RunComparison(IReadOnlyList<string> Runs, IReadOnlyList<RunDifference> Differences, int Same)
{
    public static RunComparison Of(IReadOnlyList<RunDetails> runs)
    {
        var facts = runs.Select(run => Facts(run).ToDictionary(fact => fact.Name, fact => fact.Value)).ToList();
        var rows = facts.SelectMany(run => run.Keys).Distinct().Select(name => new RunDifference(name, [.. facts.Select(run => run.GetValueOrDefault(name))])).ToList();
        var differences = rows.Where(row => row.Values.Distinct().Count() > 1).ToList();
        return new([.. runs.Select(run => run.Run.Id)], differences, rows.Count - differences.Count);
    }

    private static IEnumerable<(string Name, string? Value)> Facts(RunDetails run) =>
    [
        ("state", run.Run.State.ToString()),
        ("code_version", run.Run.CodeVersion),
        .. run.Params.Select(param => ($"params.{param.Key}", (string?)param.Value)),
        .. run.Metrics.Select(metric => ($"metrics.{metric.Key}", (string?)metric.Value.ToString(CultureInfo.InvariantCulture))),
        .. run.Tags.Select(tag => ($"tags.{tag.Key}", (string?)tag.Value)),
        .. run.Datasets.Select(set => ($"data {set.Key}", (string?)set.Value)),
        .. run.Artifacts.Select(file => ($"file {file.Path}", (string?)file.Digest)),
    ];
}

/// <param name="Name">As filters have it for params, metrics and tags.</param>
/// <param name="Values">Parallel to the runs; null: the run does not have it.</param>
public sealed record RunDifference(string Name, IReadOnlyList<string?> Values);
