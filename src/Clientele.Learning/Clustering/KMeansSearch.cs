namespace Clientele.Learning;

/// <summary>The best of several starts, each with a seed of its own.</summary>
internal static class KMeansSearch
{
    public static LloydFit Best(
        LaneRows rows, int clusters, int starts, ulong seed, int maxIterations = 300, double tolerance = 1e-4, int threads = 1,
        Action<int, double>? finished = null, CancellationToken cancel = default)
    {
        double least = tolerance * rows.MeanVariance();
        // Many rows: the threads share each start's blocks. Few: each takes starts of its own. The bits are the same.
        bool large = rows.Groups > 8 * Lloyd.BlockGroups;
        var fits = new LloydFit[starts];
        Workers.Run(starts, large ? 1 : threads, start =>
        {
            double[] centres = Seeding.Choose(rows, clusters, new(seed, start));
            fits[start] = Lloyd.Run(rows, centres, maxIterations, least, large ? threads : 1, cancel);
            finished?.Invoke(start, fits[start].Inertia);
        }, cancel);
        var best = fits.MinBy(fit => fit.Inertia)!;
        if (starts == 1)
            return best;
        var polished = Lloyd.Run(rows, best.Centres, maxIterations, 0, threads, cancel);
        return polished.Inertia < best.Inertia ? polished with { Iterations = best.Iterations + polished.Iterations } : best;
    }
}
