namespace Clientele.Learning;

public enum ClusterChange
{
    /// <summary>One cluster went on as one.</summary>
    Keep,
    /// <summary>One became several.</summary>
    Split,
    /// <summary>Several became one.</summary>
    Merge,
    /// <summary>It came from no cluster in particular.</summary>
    New,
    /// <summary>It went to no cluster in particular.</summary>
    Retired,
}

/// <param name="Before">Clusters of the first fit, ascending: one, several (merge) or none (new).</param>
/// <param name="After">Clusters of the second fit, ascending: one, several (split) or none (retired).</param>
/// <param name="Confidence">
/// 0 … 1. Keep, split, merge: shared members that both sides hold ÷ those that either holds (Jaccard), all clusters of a side taken together.
/// New and retired: 1 − the greatest Jaccard with any single cluster of the other fit. Of a cluster without shared members: 0. With none shared at all, of a pair: how much nearer its centres are than the next.
/// </param>
public sealed record ClusterFate(ClusterChange Change, IReadOnlyList<int> Before, IReadOnlyList<int> After, double Confidence);

/// <summary>What became of the clusters of one fit in another. Every cluster of either stands in exactly one fate.</summary>
/// <param name="Fates">In the order of their first cluster before; new ones last.</param>
/// <param name="Matches">Of every cluster before, the one after that carries it on, by the assignment that keeps most members; −1: none.</param>
/// <param name="Shared">Members that both fits have.</param>
public sealed record FitAlignment(IReadOnlyList<ClusterFate> Fates, IReadOnlyList<int> Matches, int Shared);
