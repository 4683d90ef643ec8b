namespace Clientele.Learning;

/// <summary>What an encoding does with a category that it was not fitted on.</summary>
public enum UnknownCategory
{
    /// <summary>An exception that names row and column.</summary>
    Refuse,
    /// <summary>It gets no code: −1 among ordinals, all 0 one-hot; inverted it is null.</summary>
    Ignore,
}

/// <summary>Columns of text, checked.</summary>
internal static class Categories
{
    /// <summary>The distinct values of every column in ordinal order of their characters.</summary>
    public static string[][] Of(IReadOnlyList<IReadOnlyList<string>> columns)
    {
        Require(columns);
        return [.. columns.Select(column => column.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray())];
    }

    /// <summary>Calls back with (row, column, code); code −1: unknown and ignored.</summary>
    public static void Encode(
        IReadOnlyList<IReadOnlyList<string>> columns, IReadOnlyList<IReadOnlyList<string>> categories, UnknownCategory unknown, Action<int, int, int> set)
    {
        Require(columns);
        ArgumentOutOfRangeException.ThrowIfNotEqual(columns.Count, categories.Count, nameof(columns));
        for (int j = 0; j < columns.Count; j++)
        {
            var codes = categories[j].Select((category, code) => (category, code)).ToDictionary(pair => pair.category, pair => pair.code, StringComparer.Ordinal);
            for (int i = 0; i < columns[j].Count; i++)
            {
                bool known = codes.TryGetValue(columns[j][i], out int code);
                if (!known && unknown == UnknownCategory.Refuse)
                    throw new ArgumentException(
                        $"The value in row {i}, column {j} (both counted from 0) is '{columns[j][i]}', which was not there when the encoding was fitted. "
                        + "Fit again, or choose UnknownCategory.Ignore.", nameof(columns));
                set(i, j, known ? code : -1);
            }
        }
    }

    private static void Require(IReadOnlyList<IReadOnlyList<string>> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        for (int j = 0; j < columns.Count; j++)
        {
            if (columns[j].Count != columns[0].Count)
                throw new ArgumentException($"Column {j} (counted from 0) has {columns[j].Count} rows, the first has {columns[0].Count}.", nameof(columns));
            for (int i = 0; i < columns[j].Count; i++)
                if (columns[j][i] is null)
                    throw new ArgumentException($"The value in row {i}, column {j} (both counted from 0) is missing. Give missing values a category of their own first.", nameof(columns));
        }
    }
}
