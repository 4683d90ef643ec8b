namespace Clientele.Learning;

/// <summary>
/// (B/(k−1)) / (W/(n−k)): variance between clusters over variance within; ≥ 0, larger is better; 1 where nothing varies within.
/// Source: Caliński &amp; Harabasz (1974), Communications in Statistics 3(1).
/// </summary>
public static class CalinskiHarabasz
{
    /// <param name="rows">n × d, finite.</param>
    /// <param name="labels">n, from 0; at least two clusters, fewer than rows.</param>
    public static double Score(Matrix rows, IReadOnlyList<int> labels)
    {
        NotFiniteException.Refuse(rows);
        var labeling = Labeling.Of(rows, labels);
        var centroids = labeling.Centroids(rows);
        var mean = new double[rows.Columns];
        for (int i = 0; i < rows.Rows; i++)
            for (int j = 0; j < mean.Length; j++)
                mean[j] += rows[i, j];
        for (int j = 0; j < mean.Length; j++)
            mean[j] /= rows.Rows;
        (double between, double within) = (0, 0);
        for (int c = 0; c < labeling.Clusters; c++)
            if (labeling.Counts[c] > 0)
                between += labeling.Counts[c] * LaneRows.SquaredDistance(centroids.Row(c), mean);
        for (int i = 0; i < rows.Rows; i++)
            within += LaneRows.SquaredDistance(rows.Row(i), centroids.Row(labeling.Labels[i]));
        return within == 0 ? 1 : between * (rows.Rows - labeling.Used) / (within * (labeling.Used - 1));
    }
}
