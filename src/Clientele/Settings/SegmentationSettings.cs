namespace Clientele.Settings;

/// <summary>How customers are grouped.</summary>
public sealed record SegmentationSettings
{
    /// <summary>Feature columns that are clustered; empty: the set's own choice.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];
    /// <summary>Fewest segments that are of use, ≥ 2.</summary>
    public int MinSegments { get; init; } = 4;
    /// <summary>Most segments that are of use.</summary>
    public int MaxSegments { get; init; } = 8;
    /// <summary>Natural groups are looked for from 1 to this many.</summary>
    public int MaxNaturalGroups { get; init; } = 10;
    /// <summary>Every segment holds at least this share of customers.</summary>
    public double MinShare { get; init; } = 0.03;
    /// <summary>Every segment's bootstrap Jaccard is at least this (Hennig 2007).</summary>
    public double MinJaccard { get; init; } = 0.75;
    public int Resamples { get; init; } = 50;
    /// <summary>k-means starts for a final fit.</summary>
    public int Restarts { get; init; } = 10;
    /// <summary>True: only silhouette, Davies–Bouldin and Calinski–Harabasz are studied, and the k of the best silhouette among all that were studied is used; nothing is said of natural groups or stability.</summary>
    public bool PlainEvidence { get; init; }
}
