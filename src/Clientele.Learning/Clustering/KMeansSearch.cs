namespace Clientele.Learning;

/// <summary>How every fit of a search settles.</summary>
internal sealed record Settling(int MaxIterations, double Tolerance, int Threads, CancellationToken Cancel)
{
    public LloydFit Run(LaneRows rows, double[] centres) => Lloyd.Run(rows, centres, MaxIterations, Tolerance, Threads, Cancel);
}

/// <summary>Looks for the clustering of least inertia. Every start has a seed of its own.</summary>
internal static class KMeansSearch
{
    // More rows than this are searched on a seeded sample; the best fits found there then settle on all rows, their threads sharing its blocks.
    private const int LargeRows = 8 * 4096, SampleRows = 20_000, Finalists = 3;
    private const int Seedings = 3, TrialIterations = 3;

    /// <summary>The best of a few plain starts on one thread: for the many fits of a study.</summary>
    public static LloydFit Quick(LaneRows rows, int clusters, int starts, ulong seed, CancellationToken cancel)
    {
        var settling = new Settling(300, 1e-4 * rows.MeanVariance(), 1, cancel);
        return Enumerable.Range(0, starts).Select(start => settling.Run(rows, Seeding.Choose(rows, clusters, new(seed, start)))).MinBy(fit => fit.Inertia)!;
    }

    /// <summary>The best that all means together find, settled until no label changes.</summary>
    /// <param name="finished">Called with the inertia of every start.</param>
    public static LloydFit Thorough(Matrix rows, KMeansOptions options, Action<double> finished, CancellationToken cancel)
    {
        var all = new LaneRows(rows);
        double tolerance = options.Tolerance * all.MeanVariance();
        if (rows.Rows <= LargeRows)
            return Polish(all, [Search(all, options, tolerance, finished, cancel)[0]]);
        var sample = new LaneRows(rows, new RandomStream(options.Seed, -1).Sample(rows.Rows, SampleRows));
        return Polish(all, Search(sample, options, tolerance, finished, cancel).Take(Finalists));

        LloydFit Polish(LaneRows lanes, IEnumerable<LloydFit> fits) =>
            fits.Select(fit => Lloyd.Run(lanes, fit.Centres, options.MaxIterations, 0, options.Threads, cancel) is var polished
                ? polished with { Iterations = fit.Iterations + polished.Iterations } : fit).MinBy(fit => fit.Inertia)!;
    }

    // All fits worth a look, the best first.
    private static List<LloydFit> Search(LaneRows rows, KMeansOptions options, double tolerance, Action<double> finished, CancellationToken cancel)
    {
        var settling = new Settling(options.MaxIterations, tolerance, 1, cancel);
        var fits = new LloydFit[options.Clusters == 1 ? 1 : options.Restarts];
        Workers.Run(fits.Length, options.Threads, start =>
        {
            fits[start] = settling.Run(rows, Promising(rows, options, settling, new(options.Seed, start)));
            finished(fits[start].Inertia);
        }, cancel);
        if (fits.Length == 1)
            return [.. fits];
        var best = new Evolution(rows, settling, RandomStream.Derive(options.Seed, fits.Length), options.Threads).Run(fits);
        return [best, .. fits.Where(fit => fit != best).OrderBy(fit => fit.Inertia)];
    }

    // Of several seedings the one that looks best after a few iterations: a bad one shows early.
    private static double[] Promising(LaneRows rows, KMeansOptions options, Settling settling, RandomStream random)
    {
        var trial = settling with { MaxIterations = Math.Min(TrialIterations, options.MaxIterations) };
        return Enumerable.Range(0, options.Clusters == 1 ? 1 : Seedings)
            .Select(_ => trial.Run(rows, Seeding.Choose(rows, options.Clusters, random)))
            .MinBy(fit => fit.Inertia)!.Centres;
    }
}
