namespace Clientele.Learning;

/// <summary>The answer to "into how many segments is it of use to divide?" with its evidence.</summary>
/// <param name="Clusters">The k to use.</param>
/// <param name="AllStable">True: every segment at that k meets both floors. False: k has the highest least Jaccard.</param>
/// <param name="Candidates">One row per k studied.</param>
public sealed record RecommendedSegments(int Clusters, bool AllStable, IReadOnlyList<SegmentCandidate> Candidates)
{
    private const int ResampleStarts = 3;

    /// <summary>
    /// The largest k in the range with every segment large and stable enough; where there is none, the k whose least stable segment is the most stable.
    /// Stability is the bootstrap Jaccard of Hennig (2007); it makes segments reliable, not natural.
    /// </summary>
    /// <param name="rows">n × d, finite, of comparable scales.</param>
    /// <exception cref="NotFiniteException">A value is NaN or infinite; the message names row and column.</exception>
    public static RecommendedSegments Find(
        Matrix rows, RecommendedSegmentsOptions? options = null, IProgress<StudyProgress>? progress = null, CancellationToken cancel = default)
    {
        options ??= new();
        NotFiniteException.Refuse(rows);
        options.Check(rows);
        var candidates = Study(rows, options, new(progress), cancel);
        var stable = candidates.LastOrDefault(candidate => candidate.Shares.Min() >= options.MinShare && candidate.Jaccards.Min() >= options.MinJaccard);
        var chosen = stable ?? candidates.MaxBy(candidate => candidate.Jaccards.Min())!;
        return new(chosen.Clusters, stable is not null, candidates);
    }

    private static SegmentCandidate[] Study(Matrix rows, RecommendedSegmentsOptions options, StudySteps steps, CancellationToken cancel)
    {
        int count = options.MaxClusters - options.MinClusters + 1;
        int[] subset = new RandomStream(options.Seed, 0).Sample(rows.Rows, options.SampleRows);
        var labelings = new Labeling[count];
        steps.Begin("fits", count);
        for (int at = 0; at < count; at++)
        {
            var fit = KMeans.Fit(rows, new() { Clusters = options.MinClusters + at, Restarts = options.Restarts, Seed = options.Seed, Threads = options.Threads }, cancel: cancel);
            labelings[at] = Labeling.Of(rows, fit.Labels);
            steps.Tick();
        }
        var found = new ClusterStability[count * options.Resamples];
        steps.Begin("resamples", found.Length);
        Workers.Run(found.Length, options.Threads, task =>
        {
            int at = task / options.Resamples;
            ulong seed = RandomStream.Derive(options.Seed, 1, at, task % options.Resamples);
            found[task] = BootstrapStability.Resample(rows, labelings[at], subset, ResampleStarts, seed, cancel);
            steps.Tick();
        }, cancel);
        return [.. labelings.Select((labeling, at) => new SegmentCandidate(
            labeling.Clusters,
            [.. labeling.Counts.Select(size => size / (double)rows.Rows)],
            BootstrapStability.Mean(found[(at * options.Resamples)..((at + 1) * options.Resamples)], labeling.Clusters)))];
    }
}

/// <param name="Shares">Share of rows of every segment, 0 … 1, in the order of the labels that <see cref="KMeans.Fit"/> gives at the same restarts and seed.</param>
/// <param name="Jaccards">Mean bootstrap Jaccard of every segment, 0 … 1 (Hennig 2007), in the same order.</param>
public sealed record SegmentCandidate(int Clusters, IReadOnlyList<double> Shares, IReadOnlyList<double> Jaccards);
