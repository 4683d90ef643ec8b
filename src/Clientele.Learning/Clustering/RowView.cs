namespace Clientele.Learning;

/// <summary>Where rows lie in memory, and what each counts.</summary>
/// <param name="Values">Row i starts at i × <paramref name="Stride"/>.</param>
/// <param name="Stride">At least the number of columns.</param>
/// <param name="Weights">One per row, positive; null: all 1.</param>
internal sealed record RowView(double[] Values, int Rows, int Columns, int Stride, double[]? Weights)
{
    public RowView(Matrix rows, double[]? weights = null) : this(rows.Values, rows.Rows, rows.Columns, rows.Columns, weights) { }

    public ReadOnlySpan<double> Row(int row) => Values.AsSpan(row * Stride, Columns);
    public double Weight(int row) => Weights is null ? 1 : Weights[row];
}
