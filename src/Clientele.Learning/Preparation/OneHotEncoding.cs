namespace Clientele.Learning;

/// <summary>Every category a column of its own: 1 where a row has it, else 0.</summary>
public static class OneHotEncoding
{
    /// <param name="columns">Columns of equally many rows, no value null.</param>
    public static OneHotState Fit(IReadOnlyList<IReadOnlyList<string>> columns, UnknownCategory unknown = UnknownCategory.Refuse) =>
        new(Learning.Categories.Of(columns), unknown);
}

/// <param name="Categories">Of every column, distinct: output columns in this order, column after column.</param>
public sealed record OneHotState(IReadOnlyList<IReadOnlyList<string>> Categories, UnknownCategory Unknown)
{
    /// <returns>n × categories of all columns: 0 and 1.</returns>
    public Matrix Transform(IReadOnlyList<IReadOnlyList<string>> columns)
    {
        int[] starts = Starts();
        var hot = new Matrix(columns is [var first, ..] ? first.Count : 0, starts[^1]);
        Learning.Categories.Encode(columns, Categories, Unknown, (i, j, code) =>
        {
            if (code >= 0)
                hot[i, starts[j] + code] = 1;
        });
        return hot;
    }

    /// <param name="rows">n × categories of all columns, finite.</param>
    /// <returns>Columns of n values: the category whose entry is greatest (of equals the first); null where none is above 0.</returns>
    public IReadOnlyList<IReadOnlyList<string?>> Invert(Matrix rows)
    {
        NotFiniteException.Refuse(rows);
        int[] starts = Starts();
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Columns, starts[^1], nameof(rows));
        return [.. Categories.Select((categories, j) => Enumerable.Range(0, rows.Rows).Select(i =>
        {
            (string? found, double most) = (null, 0.0);
            for (int c = 0; c < categories.Count; c++)
                if (rows[i, starts[j] + c] > most)
                    (found, most) = (categories[c], rows[i, starts[j] + c]);
            return found;
        }).ToArray())];
    }

    // Of every column its first output column; last, the number of them.
    private int[] Starts()
    {
        var starts = new int[Categories.Count + 1];
        for (int j = 0; j < Categories.Count; j++)
            starts[j + 1] = starts[j] + Categories[j].Count;
        return starts;
    }
}
