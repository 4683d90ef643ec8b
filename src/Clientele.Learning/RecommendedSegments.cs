namespace Clientele.Learning;

/// <summary>The answer to "into how many segments is it of use to divide?" with its evidence.</summary>
/// <param name="Clusters">The k to use.</param>
/// <param name="AllStable">True: every segment at that k meets both floors. False: k has the highest least Jaccard.</param>
/// <param name="Candidates">One row per k studied.</param>
public sealed record RecommendedSegments(int Clusters, bool AllStable, IReadOnlyList<SegmentCandidate> Candidates);

/// <param name="Shares">Share of rows of every segment, 0 … 1.</param>
/// <param name="Jaccards">Mean bootstrap Jaccard of every segment, 0 … 1 (Hennig 2007).</param>
public sealed record SegmentCandidate(int Clusters, IReadOnlyList<double> Shares, IReadOnlyList<double> Jaccards);
