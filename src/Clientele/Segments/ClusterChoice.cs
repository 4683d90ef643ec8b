using Clientele.Learning;
using Clientele.Settings;

namespace Clientele.Segments;

/// <summary>How many segments, and why: the two questions of decision 003.</summary>
/// <param name="Clusters">The k that is used: that of the natural groups where it lies in the range of use, else the recommended one.</param>
internal sealed record ClusterChoice(int Clusters, NaturalGroups Natural, RecommendedSegments Recommended)
{
    /// <param name="usual">n × dimensions: the customers of the fit, in the space in which they are compared.</param>
    /// <param name="distinct">Distinct rows among them, as far as they were counted.</param>
    public static ClusterChoice Study(Matrix usual, WorkspaceSettings settings, int distinct, int threads, IProgress<string>? progress, CancellationToken cancel)
    {
        var wanted = settings.Segmentation;
        int most = Math.Min(wanted.MaxNaturalGroups, Math.Min(distinct, usual.Rows / 2));
        if (wanted.PlainEvidence)
            return Plain(usual, wanted, settings.Seed, most, threads, progress, cancel);

        var natural = NaturalGroups.Find(usual, new() { MaxClusters = most, Seed = settings.Seed, Threads = threads },
            new Said<StudyProgress>(progress, study => $"natural groups: {study.Step} {study.Done} of {study.Total}"), cancel);
        var recommended = RecommendedSegments.Find(usual, new()
        {
            MinClusters = wanted.MinSegments,
            MaxClusters = Math.Max(wanted.MinSegments, Math.Min(wanted.MaxSegments, most)),
            MinShare = wanted.MinShare,
            MinJaccard = wanted.MinJaccard,
            Resamples = wanted.Resamples,
            Restarts = wanted.Restarts,
            Seed = settings.Seed,
            Threads = threads,
        }, new Said<StudyProgress>(progress, study => $"stability: {study.Step} {study.Done} of {study.Total}"), cancel);
        int clusters = natural.Clusters is { } found && found >= wanted.MinSegments && found <= wanted.MaxSegments ? found : recommended.Clusters;
        return new(clusters, natural, recommended);
    }

    // Three indices and the k of the best silhouette: what is commonly done, and all that 'evidence: plain' asks for.
    private static ClusterChoice Plain(Matrix usual, SegmentationSettings wanted, ulong seed, int most, int threads, IProgress<string>? progress, CancellationToken cancel)
    {
        var study = ClusterStudy.Run(usual, new() { MaxClusters = most, Restarts = wanted.Restarts, Seed = seed, Threads = threads },
            new Said<StudyProgress>(progress, study => $"{study.Step} {study.Done} of {study.Total}"), cancel);
        var evidence = study.Select(at => new ClusterEvidence(
            at.Fit.Centres.Rows, at.Fit.Inertia, at.Silhouette, at.DaviesBouldin, at.CalinskiHarabasz,
            double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN)).ToList();
        int best = evidence.OrderByDescending(row => row.Silhouette).ThenBy(row => row.Clusters).First().Clusters;
        return new(best, new(null, null, double.NaN, [], evidence), new(best, AllStable: false, []));
    }

    private sealed class Said<T>(IProgress<string>? progress, Func<T, string> words) : IProgress<T>
    {
        public void Report(T value) => progress?.Report(words(value));
    }
}
