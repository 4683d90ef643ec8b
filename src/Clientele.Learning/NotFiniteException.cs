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
        int at = Array.FindIndex(rows.Values, value => !double.IsFinite(value));
        if (at >= 0)
            throw new NotFiniteException(at / rows.Columns, at % rows.Columns, rows.Values[at]);
    }
}
