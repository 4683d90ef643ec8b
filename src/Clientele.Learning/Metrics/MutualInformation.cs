namespace Clientele.Learning;

/// <summary>Mutual information of two labelings over the mean of their entropies, 0 … 1. Source: Strehl &amp; Ghosh (2002), with the arithmetic mean.</summary>
public static class NormalizedMutualInformation
{
    /// <param name="a">Any labels, one per row.</param>
    /// <param name="b">As many.</param>
    public static double Score(IReadOnlyList<int> a, IReadOnlyList<int> b)
    {
        var shared = MutualInformation.Of(ContingencyTable.Of(a, b));
        return shared.MeanEntropy == 0 ? 1 : shared.Value / shared.MeanEntropy;
    }
}

/// <summary>
/// The same, corrected for chance: 1 the same partition, 0 on average for random ones.
/// Source: Vinh, Epps &amp; Bailey (2010), JMLR 11, eq. 24a: the expectation under fixed sizes (hypergeometric), summed in logarithms.
/// </summary>
public static class AdjustedMutualInformation
{
    /// <param name="a">Any labels, one per row.</param>
    /// <param name="b">As many.</param>
    public static double Score(IReadOnlyList<int> a, IReadOnlyList<int> b)
    {
        var table = ContingencyTable.Of(a, b);
        // Both one cluster, or both all rows apart: the same partition, and nothing left to chance.
        if (table.RowSums.Length == table.ColumnSums.Length && (table.RowSums.Length == 1 || table.RowSums.Length == table.Total))
            return 1;
        var shared = MutualInformation.Of(table);
        double expected = MutualInformation.Expected(table), room = shared.MeanEntropy - expected;
        return (shared.Value - expected) / (Math.Abs(room) < double.Epsilon ? double.Epsilon : room);
    }
}

/// <param name="Value">I(U; V) in nats.</param>
/// <param name="LeftEntropy">H(U) in nats.</param>
/// <param name="RightEntropy">H(V) in nats.</param>
internal readonly record struct MutualInformation(double Value, double LeftEntropy, double RightEntropy)
{
    public double MeanEntropy => (LeftEntropy + RightEntropy) / 2;

    public static MutualInformation Of(ContingencyTable table)
    {
        double n = table.Total, value = 0;
        for (int i = 0; i < table.RowSums.Length; i++)
            for (int j = 0; j < table.ColumnSums.Length; j++)
                if (table.Counts[i, j] is > 0 and var count)
                    value += count / n * Math.Log(count * n / ((double)table.RowSums[i] * table.ColumnSums[j]));
        return new(Math.Max(0, value), Entropy(table.RowSums, n), Entropy(table.ColumnSums, n));
    }

    /// <summary>E[I] over all tables with these sums.</summary>
    public static double Expected(ContingencyTable table)
    {
        int n = table.Total;
        var logFactorial = new double[n + 1];
        for (int i = 2; i <= n; i++)
            logFactorial[i] = logFactorial[i - 1] + Math.Log(i);
        double expected = 0;
        foreach (int a in table.RowSums)
            foreach (int b in table.ColumnSums)
            {
                double fixedPart = logFactorial[a] + logFactorial[b] + logFactorial[n - a] + logFactorial[n - b] - logFactorial[n];
                for (int count = Math.Max(1, a + b - n); count <= Math.Min(a, b); count++)
                {
                    double logProbability = fixedPart - logFactorial[count] - logFactorial[a - count] - logFactorial[b - count] - logFactorial[n - a - b + count];
                    expected += count / (double)n * Math.Log((double)n * count / ((double)a * b)) * Math.Exp(logProbability);
                }
            }
        return expected;
    }

    private static double Entropy(int[] counts, double n) => -counts.Where(count => count > 0).Sum(count => count / n * Math.Log(count / n));
}
