namespace Clientele.Learning;

/// <summary>A table as bins of one byte, column by column: what trees are grown on.</summary>
internal sealed class BinnedTable
{
    /// <param name="rows">n × d; NaN is missing, ∞ is refused.</param>
    /// <param name="categorical">Columns whose values are names, not amounts.</param>
    public BinnedTable(Matrix rows, IReadOnlyList<int> categorical, int most, int threads, CancellationToken cancel)
    {
        Check(rows, categorical);
        Rows = rows.Rows;
        Features = new FeatureBins[rows.Columns];
        Columns = new byte[rows.Columns][];
        Workers.Run(rows.Columns, threads, j =>
        {
            double[] column = rows.Column(j);
            var bins = categorical.Contains(j) ? FeatureBins.OfCategories(column) : FeatureBins.OfNumbers(column, most);
            (Features[j], Columns[j]) = (bins, Array.ConvertAll(column, bins.Bin));
        }, cancel);
    }

    public int Rows { get; }
    public FeatureBins[] Features { get; }
    /// <summary>d × n.</summary>
    public byte[][] Columns { get; }

    private static void Check(Matrix rows, IReadOnlyList<int> categorical)
    {
        RefuseInfinite(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Rows, 1, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Columns, 1, nameof(rows));
        foreach (int column in categorical)
            if (column < 0 || column >= rows.Columns)
                throw new ArgumentOutOfRangeException(nameof(categorical), column, $"There is no column {column} to be categorical: columns are 0 … {rows.Columns - 1}.");
    }

    internal static void RefuseInfinite(Matrix rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int at = Array.FindIndex(rows.Values, double.IsInfinity);
        if (at >= 0)
            throw new NotFiniteException(at / rows.Columns, at % rows.Columns, rows.Values[at]);
    }
}
