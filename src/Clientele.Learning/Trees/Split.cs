namespace Clientele.Learning;

/// <summary>Sums of a node's rows, as <see cref="GradientScale"/> counts them.</summary>
internal readonly record struct NodeSums(long Gradient, long Hessian)
{
    public static NodeSums operator +(NodeSums a, NodeSums b) => new(a.Gradient + b.Gradient, a.Hessian + b.Hessian);

    public static NodeSums operator -(NodeSums a, NodeSums b) => new(a.Gradient - b.Gradient, a.Hessian - b.Hessian);
}

/// <summary>The best question for a node.</summary>
/// <param name="Gain">What it takes off the loss; 0: there is none.</param>
/// <param name="Bin">Bins up to this one go left; of categories, see <paramref name="Set"/>.</param>
/// <param name="Set">The codes that go left; empty for a column of numbers.</param>
/// <param name="Cut">Values up to this one go left.</param>
/// <param name="Left">Sums of the rows that go left.</param>
internal readonly record struct Split(double Gain, int Feature, int Bin, bool MissingLeft, ulong[] Set, double Cut, NodeSums Left)
{
    public static Split None { get; } = new(0, -1, 0, false, [], 0, default);

    public bool GoesLeft(byte bin) => bin == FeatureBins.Missing ? MissingLeft
        : Set.Length == 0 ? bin <= Bin : DecisionTree.Contains(Set, bin);
}

/// <summary>What a split must keep to and how it is judged.</summary>
/// <param name="Low">Least value that the node's leaves may take.</param>
/// <param name="High">Largest value that the node's leaves may take.</param>
internal readonly record struct LeafBounds(double Low, double High)
{
    public static LeafBounds None { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    public double Clamp(double value) => Math.Min(Math.Max(value, Low), High);

    /// <summary>Of the two sides of a split: where their order must stay, neither may pass their middle from there on.</summary>
    /// <param name="sign">1 rising, −1 falling, 0 free.</param>
    public (LeafBounds Left, LeafBounds Right) Divide(int sign, double middle)
    {
        LeafBounds below = this with { High = middle }, above = this with { Low = middle };
        return sign == 0 ? (this, this) : sign > 0 ? (below, above) : (above, below);
    }
}
