namespace Clientele.Learning;

/// <summary>
/// Whether rows lie as points strewn evenly would: .5 then, towards 1 where they gather. Evidence against evenness only: one bell-shaped or
/// correlated cloud gathers too, so a high value does not speak for groups, a low one speaks against them.
/// Source: Hopkins &amp; Skellam (1954), Annals of Botany 18; powers of d as in Cross &amp; Jain (1982).
/// </summary>
/// <param name="Value">Σuᵈ/(Σuᵈ + Σwᵈ), 0 … 1: u from random points to the nearest row, w from random rows to the nearest other.</param>
/// <param name="Deviation">Of the value for rows strewn evenly, 1/(2√(2m+1)): it is Beta(m, m) there.</param>
public sealed record Hopkins(double Value, double Deviation)
{
    /// <param name="rows">n × d, finite, of comparable scales, n ≥ 3.</param>
    /// <param name="probes">m random points and m random rows, 1 … n/2; a tenth of the rows is usual.</param>
    /// <exception cref="NotFiniteException">A value is NaN or infinite; the message names row and column.</exception>
    public static Hopkins Score(Matrix rows, int probes, ulong seed = 42, int threads = 0, CancellationToken cancel = default)
    {
        NotFiniteException.Refuse(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Rows, 3, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Columns, 1, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfLessThan(probes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(probes, rows.Rows / 2);
        var random = new RandomStream(seed);
        int[] drawn = random.Sample(rows.Rows, probes);
        double[] lows = [.. Enumerable.Range(0, rows.Columns).Select(j => rows.Column(j).Min())], highs = [.. Enumerable.Range(0, rows.Columns).Select(j => rows.Column(j).Max())];
        var points = new Matrix(probes, rows.Columns);
        for (int i = 0; i < points.Values.Length; i++)
            points.Values[i] = lows[i % rows.Columns] + (highs[i % rows.Columns] - lows[i % rows.Columns]) * random.Unit();
        double[] fromPoints = new double[probes], fromRows = new double[probes];
        Workers.Run(probes, threads, i =>
        {
            fromPoints[i] = Nearest(rows, points.Row(i), except: -1);
            fromRows[i] = Nearest(rows, rows.Row(drawn[i]), except: drawn[i]);
        }, cancel);
        double most = Math.Max(fromPoints.Max(), fromRows.Max());
        double u = fromPoints.Sum(Volume), w = fromRows.Sum(Volume);
        return new(u + w == 0 ? 0.5 : u / (u + w), 1 / (2 * Math.Sqrt(2 * probes + 1)));

        // As shares of the largest: powers of many columns neither overflow nor vanish together.
        double Volume(double squared) => most == 0 ? 0 : Math.Pow(squared / most, rows.Columns / 2.0);
    }

    private static double Nearest(Matrix rows, ReadOnlySpan<double> point, int except)
    {
        double nearest = double.PositiveInfinity;
        for (int i = 0; i < rows.Rows; i++)
            if (i != except)
                nearest = Math.Min(nearest, LaneRows.SquaredDistance(rows.Row(i), point));
        return nearest;
    }
}
