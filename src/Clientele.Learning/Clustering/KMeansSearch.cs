namespace Clientele.Learning;

/// <summary>Looks for the clustering of least inertia. Every start has a seed of its own.</summary>
internal static class KMeansSearch
{
    // More rows than this are searched on a seeded sample; the best fits found there then settle on all rows, their threads sharing its blocks.
    private const int LargeRows = 8 * Blocks.Rows, SampleRows = 20_000, Finalists = 3;
    private const int Seedings = 3, TrialIterations = 3;
    // With so many rows to a cluster single rows decide nothing, and fits settle with momentum: one seeding serves as well as three.
    private const int Many = 1000;
    // Starts that end alike to a millionth are at the same optimum, but for where the tolerance stopped them.
    private const double Alike = 1e-6, EasyShare = 0.5;

    /// <summary>The best of a few plain starts on one thread: for the many fits of a study.</summary>
    public static LloydFit Quick(LaneRows rows, int clusters, int starts, ulong seed, CancellationToken cancel) =>
        Few(rows, settling => Starts(rows, clusters, starts, seed, settling).MinBy(fit => fit.Inertia)!, cancel);

    /// <summary>The same, led out of its poor optimum by <see cref="Evolution"/>: of many clusters, plain starts nearly always put two on one group somewhere.</summary>
    public static LloydFit Led(LaneRows rows, int clusters, int starts, ulong seed, CancellationToken cancel) =>
        Few(rows, settling => new Evolution(rows, settling, RandomStream.Derive(seed, starts), threads: 1).Run(Starts(rows, clusters, starts, seed, settling), exchanging: true), cancel);

    private static LloydFit Few(LaneRows rows, Func<Settling, LloydFit> best, CancellationToken cancel)
    {
        var settling = new Settling(300, 1e-4, Exact: false, Hurried: false, cancel);
        return Told(rows, best(settling)) ?? best(settling with { Exact = true });
    }

    private static LloydFit[] Starts(LaneRows rows, int clusters, int starts, ulong seed, Settling settling) =>
        [.. Enumerable.Range(0, starts).Select(start => settling.Run(rows, Seeding.Choose(rows, clusters, new(seed, start), settling.Exact)))];

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
            var settled = options.Start is null
                ? Lloyd.Hurry(singles, fit.Centres, options.MaxIterations, 0, double.PositiveInfinity, options.Threads, cancel)
                : Lloyd.Run(singles, fit.Centres, options.MaxIterations, 0, options.Threads, cancel);
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
        var settling = new Settling(options.MaxIterations, options.Tolerance, exact, Hurried: true, cancel);
        var fits = new LloydFit[options.Clusters == 1 ? 1 : options.Restarts];
        Workers.Run(fits.Length, options.Threads, start =>
        {
            fits[start] = settling.Run(rows, Promising(rows, options, settling, new(options.Seed, start)));
            finished(fits[start].Inertia);
        }, cancel);
        if (fits.Length == 1)
            return [.. fits];
        bool many = rows.Rows >= Many * options.Clusters;
        var best = fits.MinBy(fit => fit.Inertia)!;
        if (!many || fits.Count(fit => fit.Inertia <= best.Inertia * (1 + Alike)) < EasyShare * fits.Length)
            best = new Evolution(rows, settling, RandomStream.Derive(options.Seed, fits.Length), options.Threads).Run(fits, exchanging: !many);
        var rested = (settling with { Tolerance = 0 }).Run(rows, best.Centres);
        return [rested.Inertia < best.Inertia ? rested : best, .. fits.Where(fit => fit != best).OrderBy(fit => fit.Inertia)];
    }

    // The fit, unless single precision may have put rows together that are not.
    private static LloydFit? Told(LaneRows rows, LloydFit fit) =>
        fit.Empty == 0 && rows.Singles.Tells(fit.Inertia * rows.Singles.Frame.Unit * rows.Singles.Frame.Unit) ? fit : null;

    // Of several seedings the one that looks best after a few iterations: a bad one shows early.
    private static double[] Promising(LaneRows rows, KMeansOptions options, Settling settling, RandomStream random)
    {
        if (options.Clusters == 1 || rows.Rows >= Many * options.Clusters)
            return Seed();
        var trial = settling with { MaxIterations = Math.Min(TrialIterations, options.MaxIterations) };
        return Enumerable.Range(0, Seedings)
            .Select(_ => trial.Run(rows, Seed()))
            .MinBy(fit => fit.Inertia)!.Centres;

        double[] Seed() => options.Seeding == KMeansSeeding.Greedy
            ? Seeding.Choose(rows, options.Clusters, random, settling.Exact)
            : Oversampling.Choose(rows, options.Clusters, random, settling.Exact);
    }
}
