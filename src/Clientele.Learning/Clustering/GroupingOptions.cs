namespace Clientele.Learning;

/// <summary>What every way of dividing rows into k groups asks for.</summary>
public abstract record GroupingOptions
{
    /// <summary>Number of clusters k, 1 … number of distinct rows.</summary>
    public required int Clusters { get; init; }
    /// <summary>Same seed, same rows: same bits, on any number of threads.</summary>
    public ulong Seed { get; init; } = 42;
    /// <summary>At most this many threads; 0: all cores.</summary>
    public int Threads { get; init; }

    internal virtual void Check(Matrix rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Columns, 1, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfLessThan(Clusters, 1, nameof(Clusters));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Clusters, rows.Rows, nameof(Clusters));
        ArgumentOutOfRangeException.ThrowIfNegative(Threads, nameof(Threads));
    }
}
