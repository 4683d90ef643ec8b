namespace Clientele.Learning;

/// <summary>
/// Leads a set of fits out of their poor optima. A child is made of two parents (their centres paired, one of each pair, one centre drawn anew), or of
/// one that takes in a few centres, lets all settle and gives up the least missed: half of them, one in eight where clusters are large, for there it costs
/// most and brings least. Children that are better take the place of the worst.
/// After Gribel &amp; Vidal (2019), "HG-means", Pattern Recognition 88, and Fritzke (2020), "The breathing k-means algorithm", arXiv 2006.15666.
/// </summary>
/// <remarks>Children come in generations of eight, made of the same parents and merged in their order: threads leave no trace.</remarks>
internal sealed class Evolution(LaneRows rows, Settling settling, ulong seed, int threads)
{
    private const int Generation = 8, MostExtra = 3, Breath = 8;

    /// <param name="exchanging">Look for single rows that are better off elsewhere: where clusters are large, none is by much.</param>
    /// <returns>The best fit: one of those given, or a better one.</returns>
    public LloydFit Run(IEnumerable<LloydFit> fits, bool exchanging)
    {
        var parents = fits.Where(fit => fit.Empty == 0).OrderBy(fit => fit.Inertia).ToList();
        int clusters = parents.Count == 0 ? 0 : parents[0].Centres.Length / rows.Columns;
        if (clusters < 2 || clusters >= rows.Rows)
            return fits.MinBy(fit => fit.Inertia)!;
        // Small tables are searched longer: there it costs nothing, and their optima lie apart.
        int patience = Math.Clamp(60_000 / rows.Rows / Generation, exchanging ? 2 : 4, 8);
        var children = new LloydFit[Generation];
        for (int generation = 0, idle = 0; idle < patience; generation++)
        {
            int born = generation * Generation;
            Workers.Run(Generation, threads, i => children[i] = Child(parents, exchanging ? i % 2 == 0 : i == 0, exchanging, new(seed, born + i)), settling.Cancel);
            double before = parents.Min(fit => fit.Inertia);
            foreach (var child in children)
                Admit(parents, child);
            // A gain below a hundred-thousandth is kept, but is no reason to go on.
            idle = parents.Min(fit => fit.Inertia) < before * (1 - 1e-5) ? 0 : idle + 1;
        }
        return parents.MinBy(fit => fit.Inertia)!;
    }

    private LloydFit Child(List<LloydFit> parents, bool breathes, bool exchanging, RandomStream random)
    {
        double[] centres = parents[random.Below(parents.Count)].Centres;
        centres = breathes ? Breathe(centres, random) : Renew(Cross(centres, parents[random.Below(parents.Count)].Centres, random), random);
        var child = settling.Run(rows, centres, parents.Max(fit => fit.Inertia));
        return exchanging && Exchange.Run(rows, child.Centres, child.Labels, maxPasses: 5, settling.Exact) ? settling.Run(rows, child.Centres) : child;
    }

    // One that is no copy takes the place of the worst, if it is better.
    private static void Admit(List<LloydFit> parents, LloydFit child)
    {
        int worst = parents.IndexOf(parents.MaxBy(fit => fit.Inertia)!);
        bool copy = parents.Exists(fit => Math.Abs(fit.Inertia - child.Inertia) <= 1e-7 * child.Inertia && fit.Inertia <= child.Inertia);
        if (child.Empty == 0 && !copy && child.Inertia < parents[worst].Inertia)
            parents[worst] = child;
    }

    private double[] Breathe(double[] centres, RandomStream random)
    {
        int d = rows.Columns, clusters = centres.Length / d;
        int extra = 1 + random.Below(Math.Min(Math.Min(MostExtra, clusters), rows.Rows - clusters));
        double[] settled = (settling.Hurried ? settling with { MaxIterations = Math.Min(Breath, settling.MaxIterations) } : settling).Run(rows, Seeding.Extend(rows, centres, clusters + extra, random, settling.Exact)).Centres;
        for (int i = 0; i < extra; i++)
            settled = Without(settled, RemovalLoss.Least(rows, settled, settling.Exact), d);
        return settled;
    }

    private double[] Renew(double[] centres, RandomStream random)
    {
        int clusters = centres.Length / rows.Columns;
        return Seeding.Extend(rows, Without(centres, random.Below(clusters), rows.Columns), clusters, random, settling.Exact);
    }

    // Pairs the centres, nearest first come, and takes one of each pair.
    private double[] Cross(double[] left, double[] right, RandomStream random)
    {
        int d = rows.Columns, clusters = left.Length / d;
        var free = Enumerable.Range(0, clusters).ToList();
        var crossed = new double[left.Length];
        foreach (int i in random.Permutation(clusters))
        {
            int near = free.MinBy(j => LaneRows.SquaredDistance(left.AsSpan(i * d, d), right.AsSpan(j * d, d)));
            free.Remove(near);
            var taken = random.Below(2) == 0 ? left.AsSpan(i * d, d) : right.AsSpan(near * d, d);
            taken.CopyTo(crossed.AsSpan(i * d));
        }
        return crossed;
    }

    private static double[] Without(double[] centres, int cluster, int columns) =>
        [.. centres.AsSpan(0, cluster * columns), .. centres.AsSpan((cluster + 1) * columns)];
}
