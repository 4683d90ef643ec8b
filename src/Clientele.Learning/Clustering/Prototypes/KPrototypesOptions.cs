namespace Clientele.Learning;

public sealed record KPrototypesOptions : GroupingOptions
{
    /// <summary>Columns that hold codes of categories: compared only for equality. The others are numbers.</summary>
    public required IReadOnlyList<int> Categorical { get; init; }
    /// <summary>What a differing category adds to a squared distance, ≥ 0; null: half the mean population standard deviation of the numeric columns (1 without any).</summary>
    public double? Gamma { get; init; }
    /// <summary>Starts from fresh seeds; the one of least cost is kept.</summary>
    public int Restarts { get; init; } = 10;
    /// <summary>Iterations of one start, ≥ 1.</summary>
    public int MaxIterations { get; init; } = 100;

    internal override void Check(Matrix rows)
    {
        base.Check(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(Restarts, 1, nameof(Restarts));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxIterations, 1, nameof(MaxIterations));
        if (Gamma is not (null or (>= 0 and < double.PositiveInfinity)))
            throw new ArgumentException("'Gamma' takes a number from 0.");
        if (Categorical.Distinct().Count() != Categorical.Count || Categorical.Any(column => column < 0 || column >= rows.Columns))
            throw new ArgumentException($"'Categorical' takes distinct columns from 0 to {rows.Columns - 1}.");
    }
}

/// <param name="Finished">Starts finished, of <paramref name="Restarts"/>.</param>
/// <param name="Cost">The least so far.</param>
public sealed record KPrototypesProgress(int Finished, int Restarts, double Cost);

/// <param name="Labels">0 … k−1 for every row: its nearest prototype.</param>
/// <param name="Cost">Σ over rows of (Σ(x−c)² + γ·differing categories).</param>
/// <param name="Iterations">Of the start that was kept.</param>
public sealed record KPrototypesFit(PrototypeModel Model, IReadOnlyList<int> Labels, double Cost, int Iterations, bool Converged);
