namespace Clientele.Learning;

/// <summary>Customers with equal histories (and equal covariates) as one: a likelihood needs each distinct history once, with its count.</summary>
/// <remarks>
/// Groups stand in ascending order of (covariates, x, t_x, T), so a fit does not depend on the order of the customers. What depends on less than a whole
/// history is kept apart, to be computed once: <c>Counts</c> are the distinct (covariates, x), <c>Moments</c> the distinct (covariates, x, time) over both
/// times of a history. A million customers on a grid of days have some 140,000 groups, but only thousands of moments and hundreds of counts.
/// </remarks>
public sealed class HistoryGroups
{
    private HistoryGroups(HistoryKey[] keys, int[] weights, int[] groupOf, Matrix? covariates)
    {
        (Weights, GroupOf, Covariates) = (weights, groupOf, covariates);
        Histories = new(new int[keys.Length], new double[keys.Length], new double[keys.Length]);
        (CountOf, RecencyMoment, TenureMoment) = (new int[keys.Length], new int[keys.Length], new int[keys.Length]);
        var counts = new List<(int Segment, int Frequency)>();
        var moments = new List<(int Count, double Time)>();
        var known = new Dictionary<double, int>();
        for (int g = 0; g < keys.Length; g++)
        {
            var key = keys[g];
            (Histories.Frequency[g], Histories.Recency[g], Histories.Tenure[g]) = (key.Frequency, key.Recency, key.Tenure);
            if (g == 0 || key.Segment != keys[g - 1].Segment || key.Frequency != keys[g - 1].Frequency)
            {
                counts.Add((key.Segment, key.Frequency));
                known.Clear();
            }
            CountOf[g] = counts.Count - 1;
            RecencyMoment[g] = g > 0 && CountOf[g - 1] == CountOf[g] && keys[g - 1].Recency == key.Recency ? RecencyMoment[g - 1] : Moment(key.Recency);
            TenureMoment[g] = Moment(key.Tenure);
        }
        (Counts, Moments) = ([.. counts], [.. moments]);

        int Moment(double time)
        {
            if (!known.TryGetValue(time, out int at))
            {
                known.Add(time, at = moments.Count);
                moments.Add((counts.Count - 1, time));
            }
            return at;
        }
    }

    /// <summary>The distinct histories.</summary>
    public PurchaseHistories Histories { get; }
    /// <summary>How many customers share each.</summary>
    public int[] Weights { get; }
    /// <summary>The group of each customer.</summary>
    public int[] GroupOf { get; }
    /// <summary>Distinct rows of covariates; null without.</summary>
    public Matrix? Covariates { get; }

    internal (int Segment, int Frequency)[] Counts { get; }
    internal (int Count, double Time)[] Moments { get; }
    internal int[] CountOf { get; }
    internal int[] RecencyMoment { get; }
    internal int[] TenureMoment { get; }

    /// <param name="histories">Of n customers.</param>
    /// <param name="covariates">n × c, finite; null without.</param>
    /// <exception cref="NotFiniteException">A value is NaN or infinite.</exception>
    /// <exception cref="PurchaseHistoryException">A history contradicts itself; the message names the customer.</exception>
    public static HistoryGroups Of(PurchaseHistories histories, Matrix? covariates = null)
    {
        ArgumentNullException.ThrowIfNull(histories);
        histories.Check();
        int[]? segments = null;
        if (covariates is not null)
        {
            NotFiniteException.Refuse(covariates);
            ArgumentOutOfRangeException.ThrowIfNotEqual(covariates.Rows, histories.Count, nameof(covariates));
            (covariates, segments) = DistinctRows.Of(covariates);
        }
        var index = new HistoryIndex(histories.Count);
        int[] groupOf = new int[histories.Count];
        for (int i = 0; i < groupOf.Length; i++)
            groupOf[i] = index.Add(new(segments?[i] ?? 0, histories.Frequency[i], histories.Recency[i], histories.Tenure[i]));
        return Sorted(index.Keys, index.Weights, groupOf, covariates);
    }

    /// <summary>Every <paramref name="stride"/>-th group with its weight: a small likeness to start a search on.</summary>
    internal HistoryGroups Thinned(int stride)
    {
        int kept = (Weights.Length + stride - 1) / stride;
        int[] every = [.. Enumerable.Range(0, kept).Select(i => i * stride)];
        return new([.. every.Select(g => new HistoryKey(Counts[CountOf[g]].Segment, Histories.Frequency[g], Histories.Recency[g], Histories.Tenure[g]))],
            [.. every.Select(g => Weights[g])], [], Covariates);
    }

    private static HistoryGroups Sorted(HistoryKey[] keys, int[] weights, int[] groupOf, Matrix? covariates)
    {
        int[] order = [.. Enumerable.Range(0, keys.Length)], rank = new int[keys.Length];
        Array.Sort(keys, order);
        for (int at = 0; at < order.Length; at++)
            rank[order[at]] = at;
        for (int i = 0; i < groupOf.Length; i++)
            groupOf[i] = rank[groupOf[i]];
        return new(keys, [.. order.Select(g => weights[g])], groupOf, covariates);
    }
}
