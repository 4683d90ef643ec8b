using System.Globalization;
using Clientele.Lifetime;
using Clientele.Tracking;

namespace Clientele.Pipeline;

/// <summary>What a run tried on its way, each a run of its own: every k of the study, and every model of the contest over lifetime values.</summary>
internal static class RunParts
{
    public const string Contest = "contest";

    public static IEnumerable<RunPart> Of(RunResult run) => Studied(run).Concat(run.Lifetime?.Valued.Contest is { } contest ? Competed(contest) : []);

    /// <summary>The study's figures as series of the run: step is k.</summary>
    public static IEnumerable<MetricPoint> Series(RunResult run) =>
        from k in Ks(run)
        from figure in Figures(run, k)
        where double.IsFinite(figure.Value)
        select new MetricPoint($"study_{figure.Key}", figure.Value, k);

    private static IEnumerable<RunPart> Studied(RunResult run) => Ks(run).Select(k => new RunPart($"k{k}", $"k = {k}", "study", new()
    {
        Params = new Dictionary<string, string> { ["k"] = k.ToString(CultureInfo.InvariantCulture) },
        Tags = Tags((k == run.Segmentation.Clusters, "used"), (k == run.Segmentation.Recommended.Clusters, "recommended"), (k == run.Segmentation.Natural.Clusters, "natural")),
        Metrics = [.. Figures(run, k).Where(figure => double.IsFinite(figure.Value)).Select(figure => new MetricPoint(figure.Key, figure.Value, k))],
    }));

    private static IEnumerable<int> Ks(RunResult run) =>
        run.Segmentation.Natural.Evidence.Select(row => row.Clusters).Union(run.Segmentation.Recommended.Candidates.Select(candidate => candidate.Clusters)).Order();

    private static IEnumerable<KeyValuePair<string, double>> Figures(RunResult run, int k)
    {
        if (run.Segmentation.Natural.Evidence.FirstOrDefault(row => row.Clusters == k) is { } at)
            foreach (var (name, value) in ((string, double)[])
                [("inertia", at.Inertia), ("silhouette", at.Silhouette), ("davies_bouldin", at.DaviesBouldin), ("calinski_harabasz", at.CalinskiHarabasz), ("gap_uniform", at.GapUniform),
                 ("gap_gaussian", at.GapGaussian), ("prediction_strength", at.PredictionStrength), ("valley", at.Valley)])
                yield return new(name, value);
        if (run.Segmentation.Recommended.Candidates.FirstOrDefault(candidate => candidate.Clusters == k) is { } used)
        {
            yield return new("least_share", used.Shares.Min());
            yield return new("least_jaccard", used.Jaccards.DefaultIfEmpty(double.NaN).Min());
        }
    }

    // Step is the number of the cut-off, the earliest 0.
    private static IEnumerable<RunPart> Competed(ContestResult contest)
    {
        var cutoffs = contest.Entries.Select(entry => entry.Cutoff).Distinct().Order().ToList();
        return contest.Entries.GroupBy(entry => entry.Model).Select((entries, place) => new RunPart($"model{place + 1}", entries.Key, Contest, new()
        {
            Params = new Dictionary<string, string> { ["model"] = entries.Key, ["cutoffs"] = string.Join(' ', cutoffs.Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))) },
            Tags = Tags((entries.Key == contest.Mean.Model, "mean"), (entries.Key == contest.Median.Model, "median")),
            Metrics = [.. entries.SelectMany(entry => Figures(entry).Where(figure => figure.Value is { } value && double.IsFinite(value))
                .Select(figure => new MetricPoint(figure.Key, figure.Value!.Value, cutoffs.IndexOf(entry.Cutoff))))],
        }));
    }

    private static Dictionary<string, double?> Figures(ContestEntry entry) => new()
    {
        ["customers"] = entry.Customers,
        ["rmse"] = entry.Rmse,
        ["median_absolute"] = entry.MedianAbsolute,
        ["gini"] = entry.Gini,
        ["spearman"] = entry.Spearman,
        ["bias"] = entry.Bias,
    };

    private static Dictionary<string, string> Tags(params (bool Holds, string What)[] chosen) =>
        chosen.Any(each => each.Holds) ? new() { ["chosen"] = string.Join(", ", chosen.Where(each => each.Holds).Select(each => each.What)) } : [];
}
