namespace Clientele.Learning;

/// <summary>
/// Agreement of two labelings in pairs of rows, corrected for chance: 1 the same partition, 0 on average for random ones.
/// Source: Hubert &amp; Arabie (1985), Journal of Classification 2.
/// </summary>
public static class AdjustedRand
{
    /// <param name="a">Any labels, one per row.</param>
    /// <param name="b">As many.</param>
    public static double Score(IReadOnlyList<int> a, IReadOnlyList<int> b) => Score(ContingencyTable.Of(a, b));

    internal static double Score(ContingencyTable table)
    {
        double both = 0;
        foreach (int count in table.Counts)
            both += Pairs(count);
        double left = table.RowSums.Sum(Pairs), right = table.ColumnSums.Sum(Pairs);
        double expected = table.Total < 2 ? 0 : left * right / Pairs(table.Total), most = (left + right) / 2;
        return most == expected ? 1 : (both - expected) / (most - expected);
    }

    private static double Pairs(int count) => count * (count - 1.0) / 2;
}
