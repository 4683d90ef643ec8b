namespace Clientele.Learning;

/// <summary>How every fit of a search settles.</summary>
/// <param name="Tolerance">As <see cref="KMeansOptions.Tolerance"/>.</param>
/// <param name="Exact">In double precision.</param>
/// <param name="Hurried">With momentum where optima lie in long flat valleys; see <see cref="Lloyd.Hurry(SingleRows, double[], int, double, double, int, CancellationToken)"/>.</param>
internal sealed record Settling(int MaxIterations, double Tolerance, bool Exact, bool Hurried, CancellationToken Cancel)
{
    // Rows to a cluster from which on centres creep rather than jump.
    private const int FlatFrom = 120;

    /// <param name="worthwhile">An inertia: a fit that at its pace would not come below it soon may be given up.</param>
    public LloydFit Run(LaneRows rows, double[] centres, double worthwhile = double.PositiveInfinity)
    {
        var singles = rows.Singles;
        double tolerance = Tolerance * singles.MeanVariance / singles.Frame.Unit / singles.Frame.Unit;
        if (Exact)
            return Lloyd.Run(rows.View, centres, MaxIterations, tolerance, 1, Cancel);
        return Hurried && rows.Rows >= FlatFrom * (centres.Length / rows.Columns)
            ? Lloyd.Hurry(singles, centres, MaxIterations, tolerance, worthwhile, 1, Cancel)
            : Lloyd.Run(singles, centres, MaxIterations, tolerance, 1, Cancel);
    }
}
