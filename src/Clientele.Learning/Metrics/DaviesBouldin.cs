namespace Clientele.Learning;

/// <summary>
/// Mean over clusters of the worst (Sᵢ+Sⱼ)/Mᵢⱼ, with S the mean distance to the centroid and M the distance of two centroids; ≥ 0, smaller is better.
/// Source: Davies &amp; Bouldin (1979), IEEE TPAMI 1(2). As scikit-learn, pairs of coinciding centroids are passed over.
/// </summary>
public static class DaviesBouldin
{
    /// <param name="rows">n × d, finite.</param>
    /// <param name="labels">n, from 0; two clusters at least.</param>
    public static double Score(Matrix rows, IReadOnlyList<int> labels)
    {
        NotFiniteException.Refuse(rows);
        var labeling = Labeling.Of(rows, labels);
        var centroids = labeling.Centroids(rows);
        var spread = new double[labeling.Clusters];
        for (int i = 0; i < rows.Rows; i++)
            spread[labeling.Labels[i]] += Math.Sqrt(LaneRows.SquaredDistance(rows.Row(i), centroids.Row(labeling.Labels[i])));
        int[] used = [.. Enumerable.Range(0, labeling.Clusters).Where(c => labeling.Counts[c] > 0)];
        foreach (int c in used)
            spread[c] /= labeling.Counts[c];
        double sum = 0;
        foreach (int i in used)
        {
            double worst = 0;
            foreach (int j in used)
            {
                double between = Math.Sqrt(LaneRows.SquaredDistance(centroids.Row(i), centroids.Row(j)));
                if (j != i && between > 0)
                    worst = Math.Max(worst, (spread[i] + spread[j]) / between);
            }
            sum += worst;
        }
        return sum / used.Length;
    }
}
