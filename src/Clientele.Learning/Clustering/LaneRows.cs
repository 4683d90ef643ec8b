namespace Clientele.Learning;

/// <summary>
/// The rows twice, laid out for the two halves of a k-means pass: eight rows side by side to be measured, one after another to be summed.
/// Lanes are rows, so every distance adds its features in the same order on any width of hardware.
/// </summary>
internal sealed class LaneRows
{
    public const int Width = 8;

    private readonly Lazy<SingleRows> singles;

    public LaneRows(Matrix rows, double[]? weights = null) : this(rows, [.. Enumerable.Range(0, rows.Rows)], weights) { }

    /// <param name="chosen">Indices into <paramref name="rows"/>; repeats allowed.</param>
    /// <param name="weights">One for each of <paramref name="rows"/>, positive; null: all 1.</param>
    public LaneRows(Matrix rows, ReadOnlySpan<int> chosen, double[]? weights = null)
    {
        (Rows, Columns) = (chosen.Length, rows.Columns);
        Stride = (Columns + Width - 1) / Width * Width;
        Groups = (Rows + Width - 1) / Width;
        Lanes = new double[Groups * Columns * Width];
        Padded = new double[Rows * Stride];
        for (int i = 0; i < Groups * Width; i++)
        {
            // Lanes past the end repeat the last row: they change their label only when it does.
            var row = rows.Row(chosen[Math.Min(i, Rows - 1)]);
            int at = i / Width * Columns * Width + i % Width;
            for (int j = 0; j < Columns; j++)
                Lanes[at + j * Width] = row[j];
            if (i < Rows)
                row.CopyTo(Padded.AsSpan(i * Stride));
        }
        View = new(Padded, Rows, Columns, Stride, Pick(weights, chosen));
        singles = new(() => new(View, threads: 1));
    }

    public int Rows { get; }
    public int Columns { get; }
    /// <summary>Number of groups of <see cref="Width"/> rows.</summary>
    public int Groups { get; }
    /// <summary>Groups × columns × 8.</summary>
    public double[] Lanes { get; }
    /// <summary>Rows × stride; 0 past the last column.</summary>
    public double[] Padded { get; }
    /// <summary>Columns, rounded up to full vectors.</summary>
    public int Stride { get; }

    /// <summary>One after another, with their weights.</summary>
    public RowView View { get; }
    /// <summary>Eight by eight, with their weights.</summary>
    public LaneTable<double> Doubles => new(Lanes, Rows, Columns, View.Weights);
    /// <summary>In single precision; made when first asked for.</summary>
    public SingleRows Singles => singles.Value;

    public ReadOnlySpan<double> Row(int row) => Padded.AsSpan(row * Stride, Columns);

    /// <summary>Σ(x−c)², features in order: what every kernel here computes, for one row.</summary>
    public static double SquaredDistance(ReadOnlySpan<double> row, ReadOnlySpan<double> centre)
    {
        double sum = 0;
        for (int j = 0; j < row.Length; j++)
        {
            double gap = row[j] - centre[j];
            sum = Math.FusedMultiplyAdd(gap, gap, sum);
        }
        return sum;
    }

    private double[]? Pick(double[]? weights, ReadOnlySpan<int> chosen)
    {
        if (weights is null)
            return null;
        var picked = new double[Groups * Width];
        for (int i = 0; i < picked.Length; i++)
            picked[i] = weights[chosen[Math.Min(i, Rows - 1)]];
        return picked;
    }
}
