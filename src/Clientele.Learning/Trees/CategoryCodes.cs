namespace Clientele.Learning;

/// <summary>Turns the columns of categories into codes, as the trees know them.</summary>
internal static class CategoryCodes
{
    /// <param name="categories">Per column the known categories, ascending; empty for a column of numbers.</param>
    /// <returns>The rows themselves when no column holds categories.</returns>
    public static Matrix Encode(Matrix rows, IReadOnlyList<IReadOnlyList<double>> categories)
    {
        BinnedTable.RefuseInfinite(rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Columns, categories.Count, nameof(rows));
        if (categories.All(known => known.Count == 0))
            return rows;
        var encoded = new Matrix(rows.Rows, rows.Columns, (double[])rows.Values.Clone());
        for (int j = 0; j < categories.Count; j++)
            if (categories[j].Count > 0)
            {
                var bins = new FeatureBins([], [.. categories[j]]);
                for (int i = 0; i < rows.Rows; i++)
                    encoded[i, j] = bins.Encode(rows[i, j]);
            }
        return encoded;
    }
}
