namespace Clientele.Learning;

public sealed record KMeansOptions
{
    /// <summary>Number of clusters k, 1 … number of distinct rows.</summary>
    public required int Clusters { get; init; }
    /// <summary>Starts from fresh seeds; the one of least inertia is kept and polished.</summary>
    public int Restarts { get; init; } = 10;
    /// <summary>Iterations of one start.</summary>
    public int MaxIterations { get; init; } = 300;
    /// <summary>A start ends when Σ‖Δc‖² ≤ this × mean variance of the columns. 0: only when no label changes any more.</summary>
    public double Tolerance { get; init; } = 1e-4;
    /// <summary>Same seed, same rows: same bits, on any number of threads.</summary>
    public ulong Seed { get; init; } = 42;
    /// <summary>At most this many threads; 0: all cores.</summary>
    public int Threads { get; init; }

    internal void Check(Matrix rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Clusters, 1, nameof(Clusters));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Clusters, rows.Rows, nameof(Clusters));
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Columns, 1, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfLessThan(Restarts, 1, nameof(Restarts));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxIterations, 1, nameof(MaxIterations));
        ArgumentOutOfRangeException.ThrowIfNegative(Tolerance, nameof(Tolerance));
        ArgumentOutOfRangeException.ThrowIfNegative(Threads, nameof(Threads));
    }
}
