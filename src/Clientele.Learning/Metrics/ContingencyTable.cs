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
        var (rows, columns) = (new int[left.Count], new int[right.Count]);
        for (int i = 0; i < a.Count; i++)
        {
            (int r, int c) = (left[a[i]], right[b[i]]);
            counts[r, c]++;
            rows[r]++;
            columns[c]++;
        }
        return new(counts, rows, columns, a.Count);
    }

    private static Dictionary<int, int> Index(IReadOnlyList<int> labels)
    {
        var index = new Dictionary<int, int>();
        foreach (int label in labels.Distinct().Order())
            index.Add(label, index.Count);
        return index;
    }
}
