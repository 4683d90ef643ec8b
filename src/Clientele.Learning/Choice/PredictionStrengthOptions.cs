namespace Clientele.Learning;

public sealed record PredictionStrengthOptions
{
    /// <summary>k runs from 1 to this many, ≥ 2; at most half the rows.</summary>
    public int MaxClusters { get; init; } = 10;
    /// <summary>Random splits into halves, ≥ 1.</summary>
    public int Splits { get; init; } = 10;
    /// <summary>Starts of k-means on every half.</summary>
    public int Restarts { get; init; } = 5;
    /// <summary>Of more rows than this a seeded sample is asked.</summary>
    public int SampleRows { get; init; } = 20_000;
    /// <summary>Same seed, same rows: same bits, on any number of threads.</summary>
    public ulong Seed { get; init; } = 42;
    /// <summary>At most this many threads; 0: all cores.</summary>
    public int Threads { get; init; }

    internal void Check(Matrix rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Columns, 1, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxClusters, 2, nameof(MaxClusters));
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Rows, 2 * MaxClusters, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfLessThan(Splits, 1, nameof(Splits));
        ArgumentOutOfRangeException.ThrowIfLessThan(Restarts, 1, nameof(Restarts));
        ArgumentOutOfRangeException.ThrowIfLessThan(SampleRows, 2 * MaxClusters, nameof(SampleRows));
        ArgumentOutOfRangeException.ThrowIfNegative(Threads, nameof(Threads));
    }
}
