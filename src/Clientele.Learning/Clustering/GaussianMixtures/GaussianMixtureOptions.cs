namespace Clientele.Learning;

/// <summary>What the components of a mixture may look like.</summary>
public enum MixtureCovariance
{
    /// <summary>Each component its own ellipsoid, at any angle.</summary>
    Full,
    /// <summary>Each component its own ellipsoid along the axes.</summary>
    Diagonal,
    /// <summary>All components share one ellipsoid.</summary>
    Tied,
}

public sealed record GaussianMixtureOptions
{
    /// <summary>Number of components k, 1 … number of distinct rows.</summary>
    public required int Components { get; init; }
    public MixtureCovariance Covariance { get; init; } = MixtureCovariance.Full;
    /// <summary>Starts, each from a k-means of its own seed; the one of greatest likelihood is kept.</summary>
    public int Restarts { get; init; } = 5;
    /// <summary>Steps of one start, ≥ 1.</summary>
    public int MaxIterations { get; init; } = 200;
    /// <summary>A start ends when the mean log-likelihood of a row changes by less than this. 0: only at <see cref="MaxIterations"/>.</summary>
    public double Tolerance { get; init; } = 1e-4;
    /// <summary>Added to every variance, in squared units of the rows. Keeps a component from shrinking onto one row.</summary>
    public double Ridge { get; init; } = 1e-6;
    /// <summary>Begin here instead of at k-means: one start.</summary>
    public GaussianMixtureModel? Start { get; init; }
    /// <summary>Same seed, same rows: same bits, on any number of threads.</summary>
    public ulong Seed { get; init; } = 42;
    /// <summary>At most this many threads; 0: all cores.</summary>
    public int Threads { get; init; }

    internal void Check(Matrix rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Components, 1, nameof(Components));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Components, rows.Rows, nameof(Components));
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Columns, 1, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfLessThan(Restarts, 1, nameof(Restarts));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxIterations, 1, nameof(MaxIterations));
        ArgumentOutOfRangeException.ThrowIfNegative(Tolerance, nameof(Tolerance));
        ArgumentOutOfRangeException.ThrowIfNegative(Ridge, nameof(Ridge));
        ArgumentOutOfRangeException.ThrowIfNegative(Threads, nameof(Threads));
        if (Start is { } start && (start.Clusters != Components || start.Means.Columns != rows.Columns || start.Covariance != Covariance))
            throw new ArgumentException("The start is not a mixture of this many components, of this covariance, over these columns.");
    }
}
