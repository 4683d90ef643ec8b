using System.Numerics;

namespace Clientele.Learning;

/// <summary>
/// k-means‖: in each of five rounds every row is drawn by itself with probability 2k·w·D²/Σw·D²; the rows drawn, each weighing as much as the rows nearest to
/// it, are then divided by greedy k-means++ and settled. Source: Bahmani, Moseley, Vattani, Kumar &amp; Vassilvitskii (2012), PVLDB 5(7), algorithm 2.
/// </summary>
internal static class Oversampling
{
    private const int Rounds = 5, Oversample = 2;

    /// <param name="exact">Distances in double precision.</param>
    /// <returns>k × d, row-major.</returns>
    public static double[] Choose(LaneRows rows, int clusters, RandomStream random, bool exact = false)
    {
        int[] drawn = exact ? Draw(rows.Doubles, rows, clusters, random) : Draw(rows.Singles.Table, rows, clusters, random);
        var candidates = new Matrix(drawn.Length, rows.Columns);
        for (int i = 0; i < drawn.Length; i++)
            rows.Row(drawn[i]).CopyTo(candidates.Row(i));
        double[] mass = Mass(rows, candidates);
        // Of equal rows only the first has any.
        int[] kept = [.. Enumerable.Range(0, drawn.Length).Where(i => mass[i] > 0)];
        var few = new LaneRows(candidates, kept, mass);
        if (few.Rows < clusters)
            return Seeding.Extend(rows, [.. kept.SelectMany(i => candidates.Row(i).ToArray())], clusters, random, exact);
        return Lloyd.Run(few.View, Seeding.Choose(few, clusters, random, exact), maxIterations: 100, tolerance: 0).Centres;
    }

    private static int[] Draw<T>(LaneTable<T> lanes, LaneRows rows, int clusters, RandomStream random) where T : unmanaged, INumber<T>
    {
        var approach = new Approach<T>(lanes, 1);
        var point = new T[rows.Columns];
        List<int> drawn = [Seeding.First(rows.View, random)];
        for (int round = 0, accepted = 0; ; round++)
        {
            for (; accepted < drawn.Count; accepted++)
            {
                lanes.CopyRow(drawn[accepted], point);
                approach.Accept(point);
            }
            if (round == Rounds)
                return [.. drawn];
            approach.Draw(Oversample * clusters, random, drawn);
        }
    }

    // The weight of the rows nearest to each candidate.
    private static double[] Mass(LaneRows rows, Matrix candidates)
    {
        var nearest = new NearestCentres(candidates.Rows, candidates.Columns);
        nearest.Place(candidates.Values);
        var labels = new int[rows.Rows];
        nearest.Label(rows.View, 0, rows.Rows, labels);
        var mass = new double[candidates.Rows];
        for (int i = 0; i < labels.Length; i++)
            mass[labels[i]] += rows.View.Weight(i);
        return mass;
    }
}
