namespace Clientele.Settings;

/// <summary>How customers are grouped.</summary>
public sealed record SegmentationSettings
{
    public const string KMeans = "kmeans";
    /// <summary>All that <see cref="Model"/> may be.</summary>
    public static IReadOnlyList<string> Models { get; } = [KMeans, "mixture", "ward", "medoids", "prototypes"];

    /// <summary>What divides customers: <c>kmeans</c> (default), <c>mixture</c>, <c>ward</c>, <c>medoids</c> or <c>prototypes</c>. How many segments there are is studied with k-means whatever stands here.</summary>
    public string Model { get; init; } = KMeans;
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
    /// <summary>Starts of a final fit; Ward's method needs none.</summary>
    public int Restarts { get; init; } = 10;
    /// <summary>True: only silhouette, Davies–Bouldin and Calinski–Harabasz are studied, and the k of the best silhouette among all that were studied is used; nothing is said of natural groups or stability.</summary>
    public bool PlainEvidence { get; init; }
}
