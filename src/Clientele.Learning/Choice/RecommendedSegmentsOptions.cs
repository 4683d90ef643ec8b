namespace Clientele.Learning;

public sealed record RecommendedSegmentsOptions
{
    /// <summary>Fewest segments that are of use, ≥ 2.</summary>
    public int MinClusters { get; init; } = 4;
    /// <summary>Most segments that are of use.</summary>
    public int MaxClusters { get; init; } = 8;
    /// <summary>Every segment holds at least this share of rows.</summary>
    public double MinShare { get; init; } = 0.03;
    /// <summary>Every segment's mean bootstrap Jaccard is at least this.</summary>
    public double MinJaccard { get; init; } = 0.75;
    public int Resamples { get; init; } = 50;
    /// <summary>k-means starts of the fit on all rows.</summary>
    public int Restarts { get; init; } = 10;
    /// <summary>Of more rows than this, bootstrap samples are drawn from a seeded subset.</summary>
    public int SampleRows { get; init; } = 20_000;
    /// <summary>Same seed, same rows: same bits, on any number of threads.</summary>
    public ulong Seed { get; init; } = 42;
    /// <summary>At most this many threads; 0: all cores.</summary>
    public int Threads { get; init; }

    internal void Check(Matrix rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Columns, 1, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfLessThan(MinClusters, 2, nameof(MinClusters));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxClusters, MinClusters, nameof(MaxClusters));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxClusters, rows.Rows, nameof(MaxClusters));
        ArgumentOutOfRangeException.ThrowIfLessThan(Resamples, 1, nameof(Resamples));
        ArgumentOutOfRangeException.ThrowIfLessThan(Restarts, 1, nameof(Restarts));
        ArgumentOutOfRangeException.ThrowIfLessThan(SampleRows, 2, nameof(SampleRows));
        ArgumentOutOfRangeException.ThrowIfNegative(Threads, nameof(Threads));
    }
}
