using Clientele.Features;
using Clientele.Learning;

namespace Clientele.Segments;

/// <summary>How good each segment is: size, revenue, stability and separation.</summary>
internal static class SegmentQualities
{
    /// <summary>The silhouette compares every pair of rows; of more than this many, evenly spaced ones stand for all.</summary>
    private const int MostRows = 10_000;

    /// <param name="usual">The customers of the fit, in the space; <paramref name="inliers"/> are their places in the table.</param>
    /// <param name="jaccards">Of every segment; empty when they were not measured.</param>
    public static IReadOnlyList<SegmentQuality> Measure(
        FeatureTable features, SegmentAssignment assigned, Matrix usual, int[] inliers, int clusters, IReadOnlyList<double> jaccards, int threads)
    {
        int step = (usual.Rows + MostRows - 1) / MostRows;
        int[] sample = [.. Enumerable.Range(0, usual.Rows).Where(row => row % step == 0)];
        int[] labels = [.. sample.Select(row => assigned.Labels[inliers[row]])];
        var silhouettes = Silhouette.Score(usual.Take(sample), labels, threads).PerRow;
        return [.. Enumerable.Range(0, clusters).Select(label =>
        {
            int[] members = [.. Enumerable.Range(0, assigned.Labels.Count).Where(i => assigned.Labels[i] == label)];
            double[] own = [.. silhouettes.Where((_, i) => labels[i] == label)];
            return new SegmentQuality(label, members.Length, (double)members.Length / features.Customers.Count, members.Sum(i => features.Revenue[i]),
                jaccards.Count == 0 ? double.NaN : jaccards[label], own.Length == 0 ? double.NaN : own.Average());
        })];
    }
}
