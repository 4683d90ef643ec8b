namespace Clientele.Learning;

public sealed record BootstrapOptions
{
    /// <summary>Bootstrap samples, ≥ 1; 50 or more for a mean to rely on.</summary>
    public int Resamples { get; init; } = 50;
    /// <summary>k-means starts on every sample.</summary>
    public int Starts { get; init; } = 3;
    /// <summary>Of more rows than this, samples are drawn from a seeded subset.</summary>
    public int SampleRows { get; init; } = 20_000;
    public ulong Seed { get; init; } = 42;
    /// <summary>At most this many threads; 0: all cores.</summary>
    public int Threads { get; init; }
}

/// <summary>
/// How well every cluster is found again when the rows are drawn anew: its best Jaccard overlap with a cluster of the new fit, over the rows drawn,
/// averaged over samples. About ≥ .75: stable; ≤ .5: dissolved. Source: Hennig (2007), Computational Statistics &amp; Data Analysis 52(1). And how well
/// the whole partition is: the adjusted Rand index of both labelings of the rows drawn.
/// </summary>
public static class BootstrapStability
{
    /// <param name="rows">n × d, finite.</param>
    /// <param name="labels">n, from 0: the clustering in question.</param>
    public static ClusterStability Score(
        Matrix rows, IReadOnlyList<int> labels, BootstrapOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new();
        NotFiniteException.Refuse(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Resamples, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Starts, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.SampleRows, 2, nameof(options));
        var labeling = Labeling.Of(rows, labels);
        int[] subset = new RandomStream(options.Seed, 0).Sample(rows.Rows, options.SampleRows);
        var found = new ClusterStability[options.Resamples];
        Workers.Run(found.Length, options.Threads, resample => found[resample] = Resample(rows, labeling, subset, options.Starts, RandomStream.Derive(options.Seed, 1, resample), cancel), cancel);
        return new(Mean(found, labeling.Clusters), found.Average(resample => resample.AdjustedRand));
    }

    /// <summary>The agreement of one sample; a Jaccard of NaN for a cluster of which no row was drawn.</summary>
    internal static ClusterStability Resample(Matrix rows, Labeling labeling, int[] subset, int starts, ulong seed, CancellationToken cancel)
    {
        var random = new RandomStream(seed);
        var drawn = new int[subset.Length];
        for (int i = 0; i < drawn.Length; i++)
            drawn[i] = subset[random.Below(subset.Length)];
        Array.Sort(drawn);
        int k = labeling.Clusters;
        int[] again = KMeansSearch.Quick(new(rows, drawn), k, starts, RandomStream.Derive(seed, 1), cancel).Labels;
        var meet = new int[k, k];
        for (int i = 0; i < drawn.Length; i++)
            if (i == 0 || drawn[i] != drawn[i - 1])     // rows drawn twice count once
                meet[labeling.Labels[drawn[i]], again[i]]++;
        return new([.. Enumerable.Range(0, k).Select(c => BestJaccard(meet, c))], AdjustedRand.Score(ContingencyTable.Of(meet)));
    }

    /// <summary>Mean Jaccards over samples, in their order; 0 for a cluster that was never drawn.</summary>
    internal static double[] Mean(ClusterStability[] found, int clusters) =>
        [.. Enumerable.Range(0, clusters).Select(c => found.Select(resample => resample.Jaccards[c]).Where(jaccard => !double.IsNaN(jaccard)).DefaultIfEmpty().Average())];

    private static double BestJaccard(int[,] meet, int cluster)
    {
        int k = meet.GetLength(0), own = 0;
        for (int other = 0; other < k; other++)
            own += meet[cluster, other];
        if (own == 0)
            return double.NaN;
        double best = 0;
        for (int other = 0; other < k; other++)
        {
            int size = 0, both = meet[cluster, other];
            for (int c = 0; c < k; c++)
                size += meet[c, other];
            best = Math.Max(best, both / (double)(own + size - both));
        }
        return best;
    }
}
