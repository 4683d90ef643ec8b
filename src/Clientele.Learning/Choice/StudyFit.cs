namespace Clientele.Learning;

/// <summary>One of the many k-means fits of a study, on one thread.</summary>
internal static class StudyFit
{
    // Up to here a few plain starts find the groups there are: leading them on took seven times as long and chose no better on planted groups.
    // Beyond, they put two centres on one group somewhere (31 groups of d31: in half of all halves), and no half foretells the other.
    private const int FewClusters = 10;

    public static LloydFit Of(LaneRows rows, int clusters, int starts, ulong seed, CancellationToken cancel) => clusters <= FewClusters
        ? KMeansSearch.Quick(rows, clusters, starts, seed, cancel)
        : KMeansSearch.Led(rows, clusters, starts, seed, cancel);
}
