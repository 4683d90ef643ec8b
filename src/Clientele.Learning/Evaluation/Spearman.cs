namespace Clientele.Learning;

/// <summary>Spearman's rank correlation: Pearson's of the ranks, equal values sharing the mean of theirs.</summary>
public static class Spearman
{
    /// <returns>−1 … 1; null if one of them does not vary.</returns>
    public static double? Score(IReadOnlyList<double> actual, IReadOnlyList<double> predicted)
    {
        var (y, p) = Pairs.Of(actual, predicted);
        return RegressionScores.Pearson(Ranks(y), Ranks(p));
    }

    /// <summary>From 1; equal values get the mean of the ranks they take up.</summary>
    internal static double[] Ranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort((double[])values.Clone(), order);
        var ranks = new double[values.Length];
        for (int first = 0, last; first < order.Length; first = last)
        {
            for (last = first + 1; last < order.Length && values[order[last]] == values[order[first]]; last++) { }
            for (int i = first; i < last; i++)
                ranks[order[i]] = (first + 1 + last) / 2.0;
        }
        return ranks;
    }
}
