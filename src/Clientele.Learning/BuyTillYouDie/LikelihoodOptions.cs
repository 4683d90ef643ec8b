namespace Clientele.Learning;

public sealed record LikelihoodOptions
{
    /// <summary>Iterations of each start of the search.</summary>
    public int MaxIterations { get; init; } = 300;
    /// <summary>At most this many threads; 0: all cores. The bits do not depend on it.</summary>
    public int Threads { get; init; }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxIterations, 1, nameof(MaxIterations));
        ArgumentOutOfRangeException.ThrowIfNegative(Threads, nameof(Threads));
    }
}
