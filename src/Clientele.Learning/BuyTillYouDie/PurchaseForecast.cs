namespace Clientele.Learning;

/// <summary>What a model expects of n customers in a horizon.</summary>
/// <param name="Alive">n probabilities to be alive at the cut-off.</param>
/// <param name="Expected">n means of the number of purchases: what minimises the squared error (RMSE).</param>
public sealed record PurchaseForecast(double[] Alive, double[] Expected)
{
    /// <summary>The same answers as one by one, to the bit, but equal histories are computed once.</summary>
    /// <param name="horizon">t ≥ 0, in the unit of the histories.</param>
    /// <param name="threads">At most this many; 0: all cores.</param>
    public static PurchaseForecast Of(IPurchaseModel model, HistoryGroups groups, double horizon, int threads = 0, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentOutOfRangeException.ThrowIfNegative(horizon);
        var perGroup = new (double Alive, double Expected)[groups.Weights.Length];
        // What is expected of one alive depends on x and T alone.
        double[] whileAlive = new double[groups.Moments.Length];
        bool[] asked = new bool[whileAlive.Length];
        foreach (int moment in groups.TenureMoment)
            asked[moment] = true;
        BlockSums.Fill(whileAlive.Length, threads, m =>
        {
            (int count, double tenure) = groups.Moments[m];
            if (asked[m])
                whileAlive[m] = model.ExpectedWhileAlive(new(groups.Counts[count].Frequency, 0, tenure), horizon);
        }, cancel);
        BlockSums.Fill(perGroup.Length, threads, g =>
        {
            double alive = model.ProbabilityAlive(groups.Histories[g]);
            perGroup[g] = (alive, alive == 0 ? 0 : alive * whileAlive[groups.TenureMoment[g]]);
        }, cancel);
        var forecast = new PurchaseForecast(new double[groups.GroupOf.Length], new double[groups.GroupOf.Length]);
        BlockSums.Fill(groups.GroupOf.Length, threads, i => (forecast.Alive[i], forecast.Expected[i]) = perGroup[groups.GroupOf[i]], cancel);
        return forecast;
    }

    /// <summary>n medians of the number of purchases: what minimises the absolute error (MAE).</summary>
    /// <inheritdoc cref="Of"/>
    public static int[] Medians(IPurchaseModel model, HistoryGroups groups, double horizon, int threads = 0, CancellationToken cancel = default) =>
        Quantiles(model, groups, horizon, 0.5, threads, cancel);

    /// <summary>n quantiles of the number of purchases.</summary>
    /// <param name="share">In (0, 1).</param>
    /// <inheritdoc cref="Of"/>
    public static int[] Quantiles(IPurchaseModel model, HistoryGroups groups, double horizon, double share, int threads = 0, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(groups);
        int[] perGroup = new int[groups.Weights.Length];
        BlockSums.Fill(perGroup.Length, threads, g => perGroup[g] = model.Law(groups.Histories[g], horizon).Quantile(share), cancel);
        return [.. groups.GroupOf.Select(g => perGroup[g])];
    }
}
