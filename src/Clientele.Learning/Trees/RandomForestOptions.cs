namespace Clientele.Learning;

public sealed record RandomForestOptions
{
    /// <summary>0: the target is an amount. 2 or more: it is a class, 0 … classes−1.</summary>
    public int Classes { get; init; }
    public int Trees { get; init; } = 100;
    /// <summary>Columns looked at for each split, drawn anew; 0: all of them for amounts, about √d for classes.</summary>
    public int ColumnsPerSplit { get; init; }
    /// <summary>Rows that a leaf must have.</summary>
    public int MinLeafRows { get; init; } = 1;
    /// <summary>At most this many questions in a row; 0: no limit.</summary>
    public int Depth { get; init; }
    /// <summary>Rows of the average class shares that each leaf of classes is mixed with: a leaf of few rows then never says "impossible". 0: none.</summary>
    public double Smoothing { get; init; } = 0.1;
    /// <summary>Bins per column of numbers, 2 … 255.</summary>
    public int Bins { get; init; } = FeatureBins.Most;
    /// <summary>Columns whose values are names, not amounts. The 255 most frequent are told apart.</summary>
    public IReadOnlyList<int> Categorical { get; init; } = [];
    /// <summary>Same seed, same rows: same bits, on any number of threads.</summary>
    public ulong Seed { get; init; } = 42;
    /// <summary>At most this many threads; 0: all cores.</summary>
    public int Threads { get; init; }

    internal void Check(int columns)
    {
        if (Classes is < 0 or 1 or > 1000)
            throw new ArgumentException($"Classes is {Classes}: it must be 0 (the target is an amount) or 2 … 1000.");
        ArgumentOutOfRangeException.ThrowIfLessThan(Trees, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(ColumnsPerSplit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ColumnsPerSplit, columns);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinLeafRows, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Depth);
        ArgumentOutOfRangeException.ThrowIfNegative(Smoothing);
        ArgumentOutOfRangeException.ThrowIfLessThan(Bins, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Bins, FeatureBins.Most);
    }
}
