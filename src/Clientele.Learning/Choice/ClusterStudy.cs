namespace Clientele.Learning;

public sealed record ClusterStudyOptions
{
    /// <summary>Least k, ≥ 2.</summary>
    public int MinClusters { get; init; } = 2;
    /// <summary>Largest k, fewer than distinct rows.</summary>
    public int MaxClusters { get; init; } = 10;
    /// <summary>Starts of k-means at every k.</summary>
    public int Restarts { get; init; } = 10;
    /// <summary>Same seed, same rows: same bits, on any number of threads.</summary>
    public ulong Seed { get; init; } = 42;
    /// <summary>At most this many threads; 0: all cores.</summary>
    public int Threads { get; init; }
}

/// <param name="Silhouette">Exact mean, −1 … 1; larger is better.</param>
/// <param name="DaviesBouldin">≥ 0, smaller is better.</param>
/// <param name="CalinskiHarabasz">≥ 0, larger is better.</param>
public sealed record StudiedFit(KMeansFit Fit, double Silhouette, double DaviesBouldin, double CalinskiHarabasz);

/// <summary>k-means and the three usual indices at every k of a range. They always favour some k: whether there are groups at all, ask <see cref="NaturalGroups"/>.</summary>
public static class ClusterStudy
{
    /// <param name="rows">n × d, finite, of comparable scales.</param>
    /// <returns>The least k first. Distances between rows are measured once for all k.</returns>
    /// <exception cref="NotFiniteException">A value is NaN or infinite; the message names row and column.</exception>
    public static IReadOnlyList<StudiedFit> Run(
        Matrix rows, ClusterStudyOptions? options = null, IProgress<StudyProgress>? progress = null, CancellationToken cancel = default)
    {
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MinClusters, 2, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxClusters, options.MinClusters, nameof(options));
        var steps = new StudySteps(progress);
        var fits = new KMeansFit[options.MaxClusters - options.MinClusters + 1];
        steps.Begin("fits", fits.Length);
        for (int at = 0; at < fits.Length; at++)
        {
            fits[at] = KMeans.Fit(rows, new() { Clusters = options.MinClusters + at, Restarts = options.Restarts, Seed = options.Seed, Threads = options.Threads }, cancel: cancel);
            steps.Tick();
        }
        var silhouettes = Silhouette.Score(rows, [.. fits.Select(fit => fit.Labels)], options.Threads, cancel);
        return [.. fits.Zip(silhouettes, (fit, silhouette) =>
            new StudiedFit(fit, silhouette.Mean, DaviesBouldin.Score(rows, fit.Labels), CalinskiHarabasz.Score(rows, fit.Labels)))];
    }
}
