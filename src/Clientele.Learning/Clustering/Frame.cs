namespace Clientele.Learning;

/// <summary>
/// The place and unit in which single precision loses least: the columns' means at 0, all values within −1 … 1. One unit for all columns and a power of
/// two, so that the frame changes no distance but by its unit, and rounds nothing.
/// </summary>
/// <param name="Origin">One per column.</param>
/// <param name="Unit">Framed values are (x − origin) × unit.</param>
internal sealed record Frame(double[] Origin, double Unit)
{
    public static Frame Around(RowView rows, int threads)
    {
        int d = rows.Columns, blocks = Blocks.Count(rows.Rows);
        var extents = new Extent[blocks];
        Workers.Run(blocks, threads, block => extents[block] = Extent.Of(rows, Blocks.First(block), Blocks.End(block, rows.Rows)));
        var all = extents[0];
        foreach (var extent in extents.AsSpan(1))
            all.Add(extent);
        double most = 0;
        for (int j = 0; j < d; j++)
        {
            all.Sum[j] /= rows.Rows;
            most = Math.Max(most, Math.Max(all.Highest[j] - all.Sum[j], all.Sum[j] - all.Lowest[j]));
        }
        return new(all.Sum, UnitFor(most));
    }

    /// <summary>The power of two that brings values up to this size within −1 … 1.</summary>
    public static double UnitFor(double most) => most > 0 && double.IsFinite(most) ? Math.ScaleB(1, Math.Clamp(-1 - Math.ILogB(most), -1000, 1000)) : 1;

    /// <param name="values">k × d, row-major.</param>
    public double[] Enter(ReadOnlySpan<double> values)
    {
        var framed = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
            framed[i] = (values[i] - Origin[i % Origin.Length]) * Unit;
        return framed;
    }

    /// <param name="framed">k × d, row-major.</param>
    public double[] Leave(ReadOnlySpan<double> framed)
    {
        var values = new double[framed.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = framed[i] / Unit + Origin[i % Origin.Length];
        return values;
    }

    private sealed record Extent(double[] Sum, double[] Lowest, double[] Highest)
    {
        public static Extent Of(RowView rows, int first, int end)
        {
            double[] sum = new double[rows.Columns], lowest = rows.Row(first).ToArray(), highest = [.. lowest];
            for (int i = first; i < end; i++)
            {
                var row = rows.Row(i);
                for (int j = 0; j < row.Length; j++)
                {
                    double x = row[j];
                    sum[j] += x;
                    if (x < lowest[j])
                        lowest[j] = x;
                    if (x > highest[j])
                        highest[j] = x;
                }
            }
            return new(sum, lowest, highest);
        }

        public void Add(Extent other)
        {
            for (int j = 0; j < Sum.Length; j++)
            {
                Sum[j] += other.Sum[j];
                Lowest[j] = Math.Min(Lowest[j], other.Lowest[j]);
                Highest[j] = Math.Max(Highest[j], other.Highest[j]);
            }
        }
    }
}
