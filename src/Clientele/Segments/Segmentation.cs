using Clientele.Features;
using Clientele.Learning;

namespace Clientele.Segments;

/// <summary>Who belongs where: the outcome of preparation, choice of k and fit. Lists are parallel to <c>Features.Customers</c>.</summary>
/// <param name="Labels">0 … k−1; segments are numbered by revenue, then size, largest first (segment id on paper = label + 1).</param>
/// <param name="Distances">To the own cluster, as the model measures it.</param>
/// <param name="SecondNearest">Label of the next nearest cluster.</param>
/// <param name="Outliers">True: left out of the fit, assigned afterwards.</param>
/// <param name="Positions">n × 2 (or 1): the first principal components, for the map.</param>
/// <param name="ClusteredColumns">Indices into <c>Features.Columns</c>.</param>
public sealed record Segmentation(
    FeatureTable Features, int Clusters, IReadOnlyList<int> Labels, IReadOnlyList<double> Distances, IReadOnlyList<int> SecondNearest,
    IReadOnlyList<bool> Outliers, Matrix Positions, IReadOnlyList<int> ClusteredColumns,
    NaturalGroups Natural, RecommendedSegments Recommended, IReadOnlyList<SegmentQuality> Quality);

/// <param name="Jaccard">Mean bootstrap Jaccard (Hennig 2007), 0 … 1.</param>
/// <param name="Silhouette">Mean silhouette of its members in the fit, −1 … 1.</param>
public sealed record SegmentQuality(int Label, int Customers, double Share, decimal Revenue, double Jaccard, double Silhouette);
