namespace Clientele.Learning;

/// <summary>Where the starts of a search come from. One start of your own: <see cref="KMeansOptions.Start"/>.</summary>
public enum KMeansSeeding
{
    /// <summary>Greedy k-means++ (Arthur &amp; Vassilvitskii 2007): one centre after another.</summary>
    Greedy,
    /// <summary>k-means‖ (Bahmani et al. 2012): many rows drawn in five rounds, then divided.</summary>
    Oversampled,
}

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
    /// <summary>How a start is drawn.</summary>
    public KMeansSeeding Seeding { get; init; }
    /// <summary>Same seed, same rows: same bits, on any number of threads.</summary>
    public ulong Seed { get; init; } = 42;
    /// <summary>At most this many threads; 0: all cores.</summary>
    public int Threads { get; init; }

    /// <summary>What each row counts, positive and finite, as many as rows; null: each 1. A row of weight 3 is worth three equal rows.</summary>
    public IReadOnlyList<double>? Weights { get; init; }
    /// <summary>k × d, in the units of the rows: settles from here, once, without seeding or search. Null: the seeding finds starts.</summary>
    public Matrix? Start { get; init; }

    internal void Check(Matrix rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Clusters, 1, nameof(Clusters));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Clusters, rows.Rows, nameof(Clusters));
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Columns, 1, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfLessThan(Restarts, 1, nameof(Restarts));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxIterations, 1, nameof(MaxIterations));
        ArgumentOutOfRangeException.ThrowIfNegative(Tolerance, nameof(Tolerance));
        ArgumentOutOfRangeException.ThrowIfNegative(Threads, nameof(Threads));
        ArgumentOutOfRangeException.ThrowIfNegative((int)Seeding, nameof(Seeding));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((int)Seeding, (int)KMeansSeeding.Oversampled, nameof(Seeding));
        CheckWeights(rows.Rows);
        if (Start is null)
            return;
        if (Start.Rows != Clusters || Start.Columns != rows.Columns)
            throw new ArgumentException($"The start is {Start.Rows} × {Start.Columns}; {Clusters} clusters of rows with {rows.Columns} columns need {Clusters} × {rows.Columns}.");
        NotFiniteException.Refuse(Start);
    }

    private void CheckWeights(int rows)
    {
        if (Weights is null)
            return;
        if (Weights.Count != rows)
            throw new ArgumentException($"{Weights.Count} weights were given for {rows} rows.");
        for (int i = 0; i < rows; i++)
            if (!(Weights[i] > 0 && double.IsFinite(Weights[i])))
                throw new ArgumentException($"The weight of row {i} is {Weights[i]}; weights are positive and finite. Leave the row out instead.");
    }
}
