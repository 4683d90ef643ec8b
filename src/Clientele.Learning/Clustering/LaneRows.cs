namespace Clientele.Learning;

/// <summary>
/// The rows twice, laid out for the two halves of a k-means pass: eight rows side by side to be measured, one after another to be summed.
/// Lanes are rows, so every distance adds its features in the same order on any width of hardware.
/// </summary>
internal sealed class LaneRows
{
    public const int Width = 8;

    public LaneRows(Matrix rows) : this(rows, [.. Enumerable.Range(0, rows.Rows)]) { }

    /// <param name="chosen">Indices into <paramref name="rows"/>; repeats allowed.</param>
    public LaneRows(Matrix rows, ReadOnlySpan<int> chosen)
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

    /// <summary>Mean over the columns of their population variance.</summary>
    public double MeanVariance()
    {
        double total = 0;
        for (int j = 0; j < Columns; j++)
        {
            double mean = 0, squares = 0;
            for (int i = 0; i < Rows; i++)
                mean += Padded[i * Stride + j];
            mean /= Rows;
            for (int i = 0; i < Rows; i++)
            {
                double gap = Padded[i * Stride + j] - mean;
                squares += gap * gap;
            }
            total += squares / Rows;
        }
        return total / Columns;
    }
}
