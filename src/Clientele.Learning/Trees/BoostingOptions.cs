namespace Clientele.Learning;

public enum TreeGrowth
{
    /// <summary>The leaf that gains most is split next: lower training loss per leaf.</summary>
    LeafWise,
    /// <summary>All leaves of a level are split before the next level: more regular trees.</summary>
    LevelWise,
}

/// <summary>Small tables want a rate of .05 or less, 8 leaves or fewer, and a held-out part.</summary>
public sealed record BoostingOptions
{
    public TreeLoss Loss { get; init; } = TreeLoss.Squared;
    /// <summary>Rounds, at most; each adds one tree, or one per class.</summary>
    public int Rounds { get; init; } = 100;
    /// <summary>Share of each tree's answer that is taken, 0 &lt; rate ≤ 1.</summary>
    public double LearningRate { get; init; } = 0.1;
    public TreeGrowth Growth { get; init; } = TreeGrowth.LeafWise;
    /// <summary>At most this many leaves; 0: no limit, then <see cref="Depth"/> must be one.</summary>
    public int Leaves { get; init; } = 31;
    /// <summary>At most this many questions in a row; 0: no limit.</summary>
    public int Depth { get; init; }
    /// <summary>Rows that a leaf must have.</summary>
    public int MinLeafRows { get; init; } = 20;
    /// <summary>Sum of hessians that a leaf must have.</summary>
    public double MinLeafHessian { get; init; } = 1e-3;
    /// <summary>λ: pulls the leaves' values towards 0, ≥ 0.</summary>
    public double L2 { get; init; }
    /// <summary>A split must take more than this off the loss, ≥ 0.</summary>
    public double MinGain { get; init; }
    /// <summary>Bins per column of numbers, 2 … 255.</summary>
    public int Bins { get; init; } = FeatureBins.Most;
    /// <summary>Columns whose values are names, not amounts. The 255 most frequent are told apart.</summary>
    public IReadOnlyList<int> Categorical { get; init; } = [];
    /// <summary>Added to a category's hessian before categories are put in order, so that rare ones don't lead.</summary>
    public double CategorySmoothing { get; init; } = 10;
    /// <summary>Categories with fewer rows in a node are not told apart there.</summary>
    public int MinCategoryRows { get; init; } = 10;
    /// <summary>Per column: 1 the prediction never falls as the value rises, −1 it never rises, 0 free. Empty: all free.</summary>
    public IReadOnlyList<int> Monotone { get; init; } = [];
    /// <summary>Share of the rows that each round sees, drawn without replacement.</summary>
    public double RowShare { get; init; } = 1;
    /// <summary>Share of the columns that each tree may ask.</summary>
    public double ColumnShare { get; init; } = 1;
    /// <summary>Share of the rows held out to stop by; 0: no early stopping.</summary>
    public double HoldOut { get; init; }
    /// <summary>Rounds without a better loss on the held-out rows before it stops; the best round is kept.</summary>
    public int Patience { get; init; } = 10;
    /// <summary>Same seed, same rows: same bits, on any number of threads.</summary>
    public ulong Seed { get; init; } = 42;
    /// <summary>At most this many threads; 0: all cores.</summary>
    public int Threads { get; init; }

    internal void Check(int columns)
    {
        ArgumentNullException.ThrowIfNull(Loss);
        Loss.Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(Rounds, 1);
        Within(LearningRate is > 0 and <= 1, nameof(LearningRate), LearningRate, "above 0, at most 1");
        Within(Leaves is 0 or >= 2, nameof(Leaves), Leaves, "0 (no limit) or at least 2");
        Within(Depth >= 0 && (Leaves > 0 || Depth is > 0 and <= 24), nameof(Depth), Depth, "1 … 24 when the number of leaves has no limit");
        ArgumentOutOfRangeException.ThrowIfLessThan(MinLeafRows, 1);
        Within(MinLeafHessian >= 0, nameof(MinLeafHessian), MinLeafHessian, "0 or more");
        Within(L2 >= 0 && double.IsFinite(L2), nameof(L2), L2, "0 or more");
        Within(MinGain >= 0, nameof(MinGain), MinGain, "0 or more");
        Within(Bins is >= 2 and <= FeatureBins.Most, nameof(Bins), Bins, "2 … 255");
        Within(CategorySmoothing >= 0, nameof(CategorySmoothing), CategorySmoothing, "0 or more");
        Within(RowShare is > 0 and <= 1, nameof(RowShare), RowShare, "above 0, at most 1");
        Within(ColumnShare is > 0 and <= 1, nameof(ColumnShare), ColumnShare, "above 0, at most 1");
        Within(HoldOut is >= 0 and < 1, nameof(HoldOut), HoldOut, "0, or below 1");
        ArgumentOutOfRangeException.ThrowIfLessThan(Patience, 1);
        MonotoneColumns.Check(Monotone, columns, Categorical);
        if (Loss.Kind == TreeLossKind.Softmax && Monotone.Any(sign => sign != 0))
            throw new ArgumentException("Probabilities of several classes share one sum and cannot be held monotone. Use the logistic loss, one class against the rest.");
    }

    private static void Within(bool holds, string option, double value, string range)
    {
        if (!holds)
            throw new ArgumentOutOfRangeException(option, value, $"{option} must be {range}.");
    }
}

/// <param name="HeldOutLoss">Mean loss on the held-out rows; NaN without.</param>
public readonly record struct BoostingProgress(int Round, int Rounds, double HeldOutLoss);
