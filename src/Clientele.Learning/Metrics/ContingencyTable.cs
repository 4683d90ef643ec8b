namespace Clientele.Learning;

/// <summary>How often each label of one labeling meets each label of another.</summary>
internal sealed record ContingencyTable(int[,] Counts, int[] RowSums, int[] ColumnSums, int Total)
{
    public static ContingencyTable Of(IReadOnlyList<int> a, IReadOnlyList<int> b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Count != b.Count || a.Count == 0)
            throw new ArgumentException($"Two labelings of the same rows are compared, at least one row: got {a.Count} and {b.Count} labels.", nameof(b));
        var (left, right) = (Index(a), Index(b));
        var counts = new int[left.Count, right.Count];
        for (int i = 0; i < a.Count; i++)
            counts[left[a[i]], right[b[i]]]++;
        return Of(counts);
    }

    /// <param name="counts">Rows: labels of the one, columns: of the other.</param>
    public static ContingencyTable Of(int[,] counts)
    {
        var (rows, columns) = (new int[counts.GetLength(0)], new int[counts.GetLength(1)]);
        for (int r = 0; r < rows.Length; r++)
            for (int c = 0; c < columns.Length; c++)
            {
                rows[r] += counts[r, c];
                columns[c] += counts[r, c];
            }
        return new(counts, rows, columns, rows.Sum());
    }

    private static Dictionary<int, int> Index(IReadOnlyList<int> labels)
    {
        var index = new Dictionary<int, int>();
        foreach (int label in labels.Distinct().Order())
            index.Add(label, index.Count);
        return index;
    }
}
