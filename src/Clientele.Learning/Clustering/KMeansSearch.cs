namespace Clientele.Learning;

/// <summary>How every fit of a search settles.</summary>
/// <param name="Tolerance">As <see cref="KMeansOptions.Tolerance"/>.</param>
/// <param name="Exact">In double precision.</param>
internal sealed record Settling(int MaxIterations, double Tolerance, bool Exact, CancellationToken Cancel)
{
    public LloydFit Run(LaneRows rows, double[] centres)
    {
        var singles = rows.Singles;
        double tolerance = Tolerance * singles.MeanVariance / singles.Frame.Unit / singles.Frame.Unit;
        return Exact
            ? Lloyd.Run(rows.View, centres, MaxIterations, tolerance, 1, Cancel)
            : Lloyd.Run(singles, centres, MaxIterations, tolerance, 1, Cancel);
    }
}

/// <summary>Looks for the clustering of least inertia. Every start has a seed of its own.</summary>
internal static class KMeansSearch
{
    // More rows than this are searched on a seeded sample; the best fits found there then settle on all rows, their threads sharing its blocks.
    private const int LargeRows = 8 * Blocks.Rows, SampleRows = 20_000, Finalists = 3;
    private const int Seedings = 3, TrialIterations = 3;

    /// <summary>The best of a few plain starts on one thread: for the many fits of a study.</summary>
    public static LloydFit Quick(LaneRows rows, int clusters, int starts, ulong seed, CancellationToken cancel) =>
        Few(rows, settling => Starts(rows, clusters, starts, seed, settling).MinBy(fit => fit.Inertia)!, cancel);

    /// <summary>The same, led out of its poor optimum by <see cref="Evolution"/>: of many clusters, plain starts nearly always put two on one group somewhere.</summary>
    public static LloydFit Led(LaneRows rows, int clusters, int starts, ulong seed, CancellationToken cancel) =>
        Few(rows, settling => new Evolution(rows, settling, RandomStream.Derive(seed, starts), threads: 1).Run(Starts(rows, clusters, starts, seed, settling)), cancel);

    private static LloydFit Few(LaneRows rows, Func<Settling, LloydFit> best, CancellationToken cancel)
    {
        var settling = new Settling(300, 1e-4, Exact: false, cancel);
        return Told(rows, best(settling)) ?? best(settling with { Exact = true });
    }

    private static LloydFit[] Starts(LaneRows rows, int clusters, int starts, ulong seed, Settling settling) =>
        [.. Enumerable.Range(0, starts).Select(start => settling.Run(rows, Seeding.Choose(rows, clusters, new(seed, start))))];

    /// <summary>The best that all means together find, settled in double precision until no label changes.</summary>
    /// <param name="finished">Called with the inertia of every start.</param>
    public static LloydFit Thorough(Matrix rows, KMeansOptions options, Action<double> finished, CancellationToken cancel)
    {
        double[]? weights = options.Weights is { } given ? [.. given] : null;
        var view = new RowView(rows, weights);
        LloydFit best;
        if (options.Start is { } start)
            best = SettleOnAll(view, [new(start.Values, [], 0, 0, false, 0)], options, cancel);
        else if (rows.Rows <= LargeRows)
            best = Search(new(rows, weights), options, finished, cancel)[0];
        else
        {
            var sample = new LaneRows(rows, new RandomStream(options.Seed, -1).Sample(rows.Rows, SampleRows), weights);
            best = SettleOnAll(view, Search(sample, options, finished, cancel).Take(Finalists), options, cancel);
        }
        return Lloyd.Run(view, best.Centres, options.MaxIterations, 0, options.Threads, cancel) is var polished
            ? polished with { Iterations = best.Iterations + polished.Iterations } : best;
    }

    // In single precision, where that tells the rows apart: the polish then has little left to do.
    private static LloydFit SettleOnAll(RowView view, IEnumerable<LloydFit> fits, KMeansOptions options, CancellationToken cancel)
    {
        var singles = new SingleRows(view, options.Threads);
        double unit = singles.Frame.Unit;
        return fits.Select(Settle).MinBy(fit => fit.Inertia)!;

        LloydFit Settle(LloydFit fit)
        {
            var settled = Lloyd.Run(singles, fit.Centres, options.MaxIterations, 0, options.Threads, cancel);
            if (settled.Empty > 0 || !singles.Tells(settled.Inertia * unit * unit))
                settled = Lloyd.Run(view, fit.Centres, options.MaxIterations, 0, options.Threads, cancel);
            return settled with { Iterations = fit.Iterations + settled.Iterations };
        }
    }

    // All fits worth a look, the best first.
    private static List<LloydFit> Search(LaneRows rows, KMeansOptions options, Action<double> finished, CancellationToken cancel)
    {
        var fits = Search(rows, options, exact: false, finished, cancel);
        return Told(rows, fits[0]) is null ? Search(rows, options, exact: true, _ => { }, cancel) : fits;
    }

    private static List<LloydFit> Search(LaneRows rows, KMeansOptions options, bool exact, Action<double> finished, CancellationToken cancel)
    {
        var settling = new Settling(options.MaxIterations, options.Tolerance, exact, cancel);
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

    // The fit, unless single precision may have put rows together that are not.
    private static LloydFit? Told(LaneRows rows, LloydFit fit) =>
        fit.Empty == 0 && rows.Singles.Tells(fit.Inertia * rows.Singles.Frame.Unit * rows.Singles.Frame.Unit) ? fit : null;

    // Of several seedings the one that looks best after a few iterations: a bad one shows early.
    private static double[] Promising(LaneRows rows, KMeansOptions options, Settling settling, RandomStream random)
    {
        var trial = settling with { MaxIterations = Math.Min(TrialIterations, options.MaxIterations) };
        return Enumerable.Range(0, options.Clusters == 1 ? 1 : Seedings)
            .Select(_ => trial.Run(rows, Seeding.Choose(rows, options.Clusters, random)))
            .MinBy(fit => fit.Inertia)!.Centres;
    }
}
