namespace Clientele.Learning;

public sealed record NaturalGroupsOptions
{
    /// <summary>k is looked for from 1 to this many, ≥ 2.</summary>
    public int MaxClusters { get; init; } = 10;
    /// <summary>Reference sets of each of the two kinds.</summary>
    public int References { get; init; } = 20;
    /// <summary>Random splits into halves for prediction strength.</summary>
    public int Splits { get; init; } = 10;
    /// <summary>Starts of every fit on the rows themselves.</summary>
    public int Restarts { get; init; } = 10;
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
        ArgumentOutOfRangeException.ThrowIfLessThan(References, 1, nameof(References));
        ArgumentOutOfRangeException.ThrowIfLessThan(Splits, 1, nameof(Splits));
        ArgumentOutOfRangeException.ThrowIfLessThan(Restarts, 1, nameof(Restarts));
        ArgumentOutOfRangeException.ThrowIfLessThan(SampleRows, 2 * MaxClusters, nameof(SampleRows));
        ArgumentOutOfRangeException.ThrowIfNegative(Threads, nameof(Threads));
    }
}
