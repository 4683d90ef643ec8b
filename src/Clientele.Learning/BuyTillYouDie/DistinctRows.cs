namespace Clientele.Learning;

/// <summary>The distinct rows of a table, in ascending order, and where each row is among them.</summary>
internal static class DistinctRows
{
    public static (Matrix Rows, int[] RowOf) Of(Matrix table)
    {
        int[] order = [.. Enumerable.Range(0, table.Rows)], rowOf = new int[table.Rows];
        Array.Sort(order, (i, j) => table.Row(i).SequenceCompareTo(table.Row(j)) is var by and not 0 ? by : i - j);
        var distinct = new List<int>();
        foreach (int i in order)
        {
            if (distinct.Count == 0 || !table.Row(i).SequenceEqual(table.Row(distinct[^1])))
                distinct.Add(i);
            rowOf[i] = distinct.Count - 1;
        }
        return (table.Take(distinct), rowOf);
    }
}
