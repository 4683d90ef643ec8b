namespace Clientele.Learning;

/// <summary>Finds the mixture of normal distributions under which the rows are most likely.</summary>
public static class GaussianMixture
{
    private const int FirstRows = 20_000;

    /// <param name="rows">n × d, finite.</param>
    /// <exception cref="NotFiniteException">A value is NaN or infinite; the message names row and column.</exception>
    /// <exception cref="ArgumentException">Fewer distinct rows than components, or an option is out of its range.</exception>
    public static GaussianMixtureFit Fit(
        Matrix rows, GaussianMixtureOptions options, IProgress<GaussianMixtureProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        NotFiniteException.Refuse(rows);
        options.Check(rows);
        int restarts = options.Start is null && options.Components > 1 ? options.Restarts : 1;
        double[] lanes = MixtureRows.Of(rows, options.Threads);
        var fits = new GaussianMixtureFit[restarts];
        // Threads share the blocks of many rows, or the starts of few.
        bool many = MixtureRows.Blocks(rows.Rows) > restarts;
        var gate = new Lock();
        (int finished, double most) = (0, double.NegativeInfinity);
        Workers.Run(restarts, many ? 1 : options.Threads, start =>
        {
            int threads = many ? options.Threads : 1;
            var climb = new MixtureClimb(lanes, rows.Rows, rows.Columns, options, threads, cancel);
            fits[start] = climb.Run(options.Start ?? climb.Of(FirstClusters(rows, options, start, threads, cancel)));
            lock (gate)
                progress?.Report(new(++finished, restarts, most = Math.Max(most, fits[start].LogLikelihood)));
        }, cancel);
        var best = fits.MaxBy(fit => fit.LogLikelihood)!;
        return best with { Labels = best.Model.Assign(rows, options.Threads).Labels };
    }

    // k-means of a sample is start enough where rows are many, and every start draws its own.
    private static (Matrix Centres, int[] Labels) FirstClusters(Matrix rows, GaussianMixtureOptions options, int start, int threads, CancellationToken cancel)
    {
        ulong seed = RandomStream.Derive(options.Seed, start);
        int[] sample = new RandomStream(seed, -1).Sample(rows.Rows, FirstRows);
        bool all = sample.Length == rows.Rows;
        var fit = KMeans.Fit(all ? rows : rows.Take(sample), new() { Clusters = options.Components, Restarts = 1, Seed = seed, Threads = threads }, cancel: cancel);
        return (fit.Centres, [.. all ? fit.Labels : KMeans.Labels(rows, fit.Centres, threads)]);
    }
}
