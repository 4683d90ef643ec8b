namespace Clientele.Learning;

/// <summary>
/// How well clusters found in one half of the rows foretell those of the other half: of every cluster there, the share of its pairs that the
/// first half's centres also keep together, and of these the least. Source: Tibshirani &amp; Walther (2005), JCGS 14(3).
/// </summary>
public static class PredictionStrength
{
    /// <param name="rows">n × d, finite, of comparable scales; n ≥ 2 × the most clusters.</param>
    /// <exception cref="NotFiniteException">A value is NaN or infinite; the message names row and column.</exception>
    public static PredictionStrengthCurve Run(
        Matrix rows, PredictionStrengthOptions? options = null, IProgress<StudyProgress>? progress = null, CancellationToken cancel = default)
    {
        options ??= new();
        NotFiniteException.Refuse(rows);
        options.Check(rows);
        return Measure(StudySample.Of(rows, options.SampleRows, options.Seed), options, new(progress), cancel);
    }

    internal static PredictionStrengthCurve Measure(Matrix rows, PredictionStrengthOptions options, StudySteps steps, CancellationToken cancel)
    {
        var splits = new (double Forth, double Back)[options.Splits][];
        steps.Begin("splits", splits.Length);
        Workers.Run(splits.Length, options.Threads, split =>
        {
            splits[split] = Split(rows, options.MaxClusters, options.Restarts, RandomStream.Derive(options.Seed, 3, split), cancel);
            steps.Tick();
        }, cancel);
        (double Mean, double Error)[] strengths = [(1, 0), .. Enumerable.Range(0, options.MaxClusters - 1).Select(k =>
        {
            double[] values = [.. splits.SelectMany(split => new[] { split[k].Forth, split[k].Back })];
            (double mean, double deviation) = Columnwise.Moments(values);
            return (mean, deviation / Math.Sqrt(values.Length - 1));
        })];
        return new([.. strengths.Select(at => at.Mean)], [.. strengths.Select(at => at.Error)]);
    }

    /// <returns>Both directions of one random split, for every k from 2: [k−2] → (A tells B, B tells A).</returns>
    internal static (double Forth, double Back)[] Split(Matrix rows, int maxClusters, int starts, ulong seed, CancellationToken cancel)
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
                StudyFit.Of(part, k, starts, RandomStream.Derive(seed, k, side), cancel);
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
