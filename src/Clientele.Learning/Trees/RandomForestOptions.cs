namespace Clientele.Learning;

public sealed record RandomForestOptions
{
    /// <summary>0: the target is an amount. 2 or more: it is a class, 0 … classes−1.</summary>
    public int Classes { get; init; }
    /// <summary>What splits of amounts lower: squared error (so too for a quantile) or the deviance of Poisson, Tweedie or Gamma. Classes have Gini's impurity instead.</summary>
    public TreeLoss Loss { get; init; } = TreeLoss.Squared;
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
    /// <summary>Per column: 1 the prediction never falls as the value rises, −1 it never rises, 0 free. Empty: all free. For means and the probability of yes.</summary>
    public IReadOnlyList<int> Monotone { get; init; } = [];
    /// <summary>Same seed, same rows: same bits, on any number of threads.</summary>
    public ulong Seed { get; init; } = 42;
    /// <summary>At most this many threads; 0: all cores.</summary>
    public int Threads { get; init; }

    internal void Check(int columns)
    {
        if (Classes is < 0 or 1 or > 1000)
            throw new ArgumentException($"Classes is {Classes}: it must be 0 (the target is an amount) or 2 … 1000.");
        CheckLoss();
        ArgumentOutOfRangeException.ThrowIfLessThan(Trees, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(ColumnsPerSplit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ColumnsPerSplit, columns);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinLeafRows, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Depth);
        ArgumentOutOfRangeException.ThrowIfNegative(Smoothing);
        ArgumentOutOfRangeException.ThrowIfLessThan(Bins, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Bins, FeatureBins.Most);
        MonotoneColumns.Check(Monotone, columns, Categorical);
        bool held = Monotone.Any(sign => sign != 0);
        if (held && Classes > 2)
            throw new ArgumentException("Probabilities of several classes share one sum and cannot be held monotone. Fit two classes: one against the rest.");
        if (held && Loss.Kind == TreeLossKind.Quantile)
            throw new ArgumentException("A forest keeps its means in order, which does not order its quantiles. Use boosting of the quantile loss, or leave Monotone empty.");
    }

    private void CheckLoss()
    {
        ArgumentNullException.ThrowIfNull(Loss);
        Loss.Check();
        if (Loss.Kind is TreeLossKind.Logistic or TreeLossKind.Softmax)
            throw new ArgumentException($"A forest has no {Loss.Kind} loss. For classes set Classes, and leave Loss as it is.");
        if (Classes > 0 && Loss.Kind != TreeLossKind.Squared)
            throw new ArgumentException($"Classes have no {Loss.Kind} loss. Set Classes to 0 for amounts, or leave Loss as it is.");
    }
}
