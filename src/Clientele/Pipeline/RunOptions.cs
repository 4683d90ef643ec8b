namespace Clientele.Pipeline;

/// <summary>What a caller may say about a run that the workspace does not.</summary>
public sealed record RunOptions
{
    /// <summary>In place of the workspace's seed.</summary>
    public ulong? Seed { get; init; }
    /// <summary>Threads to compute with; 0: all cores. The result does not depend on it.</summary>
    public int Threads { get; init; }
}
