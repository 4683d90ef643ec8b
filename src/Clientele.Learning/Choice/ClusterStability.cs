namespace Clientele.Learning;

/// <summary>How well a clustering is found again.</summary>
/// <param name="Jaccards">Of every cluster, 0 … 1, in the order of the labels.</param>
/// <param name="AdjustedRand">Of the whole partition: 1 found again as it was, about 0 no better than by chance.</param>
public sealed record ClusterStability(IReadOnlyList<double> Jaccards, double AdjustedRand);
