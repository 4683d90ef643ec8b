using System.Text.Json.Serialization;

namespace Clientele.Learning;

/// <summary>A dense n × d table of doubles, row-major.</summary>
public sealed class Matrix
{
    public Matrix(int rows, int columns) : this(rows, columns, new double[checked(rows * columns)]) { }

    /// <param name="values">rows × columns, row-major; taken, not copied.</param>
    [JsonConstructor]
    public Matrix(int rows, int columns, double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (rows < 0 || columns < 0 || values.Length != (long)rows * columns)
            throw new ArgumentException($"{values.Length} values do not make {rows} × {columns}.", nameof(values));
        (Rows, Columns, Values) = (rows, columns, values);
    }

    public int Rows { get; }
    public int Columns { get; }
    public double[] Values { get; }

    public double this[int row, int column]
    {
        get => Values[row * Columns + column];
        set => Values[row * Columns + column] = value;
    }

    public Span<double> Row(int row) => Values.AsSpan(row * Columns, Columns);

    /// <summary>The given rows, in the given order.</summary>
    public Matrix Take(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var taken = new Matrix(rows.Count, Columns);
        for (int i = 0; i < rows.Count; i++)
            Row(rows[i]).CopyTo(taken.Row(i));
        return taken;
    }

    /// <summary>The given columns, in the given order.</summary>
    public Matrix TakeColumns(IReadOnlyList<int> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var taken = new Matrix(Rows, columns.Count);
        for (int i = 0; i < Rows; i++)
            for (int j = 0; j < columns.Count; j++)
                taken[i, j] = this[i, columns[j]];
        return taken;
    }

    public double[] Column(int column)
    {
        var values = new double[Rows];
        for (int i = 0; i < Rows; i++)
            values[i] = this[i, column];
        return values;
    }
}
