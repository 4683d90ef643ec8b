using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>A table held NaN or an infinity where only numbers make sense.</summary>
public sealed class NotFiniteException : ArgumentException
{
    public NotFiniteException(int row, int column, double value)
        : base(FormattableString.Invariant($"The value in row {row}, column {column} (both counted from 0) is {value}. Remove or replace it first."))
        => (Row, Column, Value) = (row, column, value);

    /// <summary>From 0.</summary>
    public int Row { get; }
    /// <summary>From 0.</summary>
    public int Column { get; }
    public double Value { get; }

    /// <summary>Throws at the first value, row by row, that is NaN or infinite.</summary>
    internal static void Refuse(Matrix rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (AllFinite(rows.Values))
            return;
        int at = Array.FindIndex(rows.Values, value => !double.IsFinite(value));
        throw new NotFiniteException(at / rows.Columns, at % rows.Columns, rows.Values[at]);
    }

    /// <summary>The same of rows in single precision.</summary>
    internal static void Refuse(ReadOnlySpan<float> rows, int columns)
    {
        for (int at = 0; at < rows.Length; at++)
            if (!float.IsFinite(rows[at]))
                throw new NotFiniteException(at / columns, at % columns, rows[at]);
    }

    // x − x is 0 for every number, and NaN for whatever is none.
    private static bool AllFinite(ReadOnlySpan<double> values)
    {
        Vector512<double> none = default, other = default;
        for (; values.Length >= 2 * Vector512<double>.Count; values = values[(2 * Vector512<double>.Count)..])
        {
            var (x, y) = (Vector512.Create(values), Vector512.Create(values[Vector512<double>.Count..]));
            none += x - x;
            other += y - y;
        }
        double rest = 0;
        foreach (double value in values)
            rest += value - value;
        return !double.IsNaN(rest) && Vector512.EqualsAll(none + other, Vector512<double>.Zero);
    }
}
