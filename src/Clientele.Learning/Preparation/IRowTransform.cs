namespace Clientele.Learning;

/// <summary>A fitted change of columns. Pure, and row by row: a row's outcome does not depend on the rows beside it.</summary>
public interface IRowTransform
{
    /// <param name="rows">n × the columns it was fitted on, finite.</param>
    /// <returns>n × its output columns, a new table.</returns>
    Matrix Transform(Matrix rows);
}

/// <summary>A change of columns that can be taken back.</summary>
public interface IInvertibleTransform : IRowTransform
{
    /// <param name="rows">n × its output columns, finite.</param>
    /// <returns>n × the columns it was fitted on: rows that the transform takes to these, but for rounding and what it gave up (<see cref="PcaState"/>, <see cref="QuantileState"/>).</returns>
    Matrix Invert(Matrix rows);
}

internal static class Columnwise
{
    /// <summary>Applies a function of (value, column) to a checked copy.</summary>
    public static Matrix Map(Matrix rows, int columns, Func<double, int, double> value)
    {
        NotFiniteException.Refuse(rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Columns, columns, nameof(rows));
        var mapped = new Matrix(rows.Rows, columns);
        for (int i = 0; i < rows.Rows; i++)
        {
            Span<double> from = rows.Row(i), to = mapped.Row(i);
            for (int j = 0; j < to.Length; j++)
                to[j] = value(from[j], j);
        }
        return mapped;
    }

    /// <summary>Mean and population standard deviation, in two passes.</summary>
    public static (double Mean, double Deviation) Moments(ReadOnlySpan<double> values)
    {
        double mean = 0, squares = 0;
        foreach (double value in values)
            mean += value;
        mean /= values.Length;
        foreach (double value in values)
            squares += (value - mean) * (value - mean);
        return (mean, Math.Sqrt(squares / values.Length));
    }

    /// <summary>Quantile by linear interpolation at position (n−1)·share of the sorted values.</summary>
    public static double Quantile(ReadOnlySpan<double> sorted, double share) => At(sorted, (sorted.Length - 1) * share);

    /// <summary>The value at a position 0 … n−1, on a straight line between two.</summary>
    public static double At(ReadOnlySpan<double> sorted, double position)
    {
        int below = (int)position;
        double lower = sorted[below], upper = sorted[Math.Min(below + 1, sorted.Length - 1)];
        return lower + (upper - lower) * (position - below);
    }

    public static void RequireRows(Matrix rows)
    {
        NotFiniteException.Refuse(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Rows, 1, nameof(rows));
    }
}
