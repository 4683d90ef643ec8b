namespace Clientele.Learning;

/// <summary>
/// How well clusters found in one half of the rows foretell those of the other half: of every cluster there, the share of its pairs that the
/// first half's centres also keep together, and of these the least. Source: Tibshirani &amp; Walther (2005), JCGS 14(3).
/// </summary>
internal static class PredictionStrength
{
    /// <returns>Both directions of one random split, for every k from 2: [k−2] → (A tells B, B tells A).</returns>
    public static (double Forth, double Back)[] Split(Matrix rows, int maxClusters, int starts, ulong seed, CancellationToken cancel)
    {
        int[] order = new RandomStream(seed).Permutation(rows.Rows);
        int half = rows.Rows / 2;
        var (left, right) = (new LaneRows(rows, order.AsSpan(0, half)), new LaneRows(rows, order.AsSpan(half)));
        var strengths = new (double, double)[maxClusters - 1];
        for (int k = 2; k <= maxClusters; k++)
        {
            var (a, b) = (Fit(left, 0), Fit(right, 1));
            strengths[k - 2] = (Foretold(right, b.Labels, a.Centres, k), Foretold(left, a.Labels, b.Centres, k));
            LloydFit Fit(LaneRows part, int side) =>
                KMeansSearch.Quick(part, k, starts, RandomStream.Derive(seed, k, side), cancel);
        }
        return strengths;
    }

    private static double Foretold(LaneRows rows, int[] own, double[] centres, int clusters)
    {
        var foretold = new int[rows.Rows];
        NearestRows.Run(rows.View, NearestRows.Table(centres, rows.Columns), 0, rows.Rows, foretold, new double[rows.Rows]);
        var meet = new int[clusters, clusters];
        for (int i = 0; i < rows.Rows; i++)
            meet[own[i], foretold[i]]++;
        double least = 1;
        for (int c = 0; c < clusters; c++)
        {
            double size = 0, together = 0;
            for (int other = 0; other < clusters; other++)
            {
                size += meet[c, other];
                together += meet[c, other] * (meet[c, other] - 1.0);
            }
            // A row alone has no pairs: nothing about it was foretold.
            least = Math.Min(least, size > 1 ? together / (size * (size - 1)) : 0);
        }
        return least;
    }
}
