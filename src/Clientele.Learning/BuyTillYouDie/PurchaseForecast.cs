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
        ArgumentOutOfRangeException.ThrowIfNegative(horizon);
        return Of([model], groups, (one, history) => one.ExpectedWhileAlive(history, horizon), threads, cancel);
    }

    /// <param name="groups">Made with the covariates.</param>
    /// <inheritdoc cref="Of(IPurchaseModel, HistoryGroups, double, int, CancellationToken)"/>
    public static PurchaseForecast Of(ICovariateModel model, HistoryGroups groups, double horizon, int threads = 0, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentOutOfRangeException.ThrowIfNegative(horizon);
        var table = groups.Covariates ?? throw new ArgumentException("The histories were grouped without covariates.", nameof(groups));
        return Of([.. Enumerable.Range(0, table.Rows).Select(segment => model.For(table.Row(segment)))], groups,
            (one, history) => one.ExpectedWhileAlive(history, horizon), threads, cancel);
    }

    /// <param name="models">One for all, or one for each row of covariates.</param>
    /// <param name="whileAlive">What is expected of one alive; depends on x and T alone, so it is asked once for each of these.</param>
    internal static PurchaseForecast Of(
        IPurchaseModel[] models, HistoryGroups groups, Func<IPurchaseModel, PurchaseHistory, double> whileAlive, int threads, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(groups);
        var perGroup = new (double Alive, double Expected)[groups.Weights.Length];
        double[] perMoment = new double[groups.Moments.Length];
        bool[] asked = new bool[perMoment.Length];
        foreach (int moment in groups.TenureMoment)
            asked[moment] = true;
        BlockSums.Fill(perMoment.Length, threads, m =>
        {
            (int count, double tenure) = groups.Moments[m];
            if (asked[m])
                perMoment[m] = whileAlive(Model(count), new(groups.Counts[count].Frequency, 0, tenure));
        }, cancel);
        BlockSums.Fill(perGroup.Length, threads, g =>
        {
            double alive = Model(groups.CountOf[g]).ProbabilityAlive(groups.Histories[g]);
            perGroup[g] = (alive, alive == 0 ? 0 : alive * perMoment[groups.TenureMoment[g]]);
        }, cancel);
        var forecast = new PurchaseForecast(new double[groups.GroupOf.Length], new double[groups.GroupOf.Length]);
        BlockSums.Fill(groups.GroupOf.Length, threads, i => (forecast.Alive[i], forecast.Expected[i]) = perGroup[groups.GroupOf[i]], cancel);
        return forecast;

        IPurchaseModel Model(int count) => models.Length == 1 ? models[0] : models[groups.Counts[count].Segment];
    }

    /// <summary>n chances of a purchase at all, P(Y ≥ 1).</summary>
    /// <inheritdoc cref="Of(IPurchaseModel, HistoryGroups, double, int, CancellationToken)"/>
    public static double[] Any(IPurchaseModel model, HistoryGroups groups, double horizon, int threads = 0, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(groups);
        double[] perGroup = new double[groups.Weights.Length];
        BlockSums.Fill(perGroup.Length, threads, g =>
        {
            var law = model.Law(groups.Histories[g], horizon);
            perGroup[g] = law.ProbabilityAlive * Math.Max(0, 1 - law.WhileAlive.First());
        }, cancel);
        return [.. groups.GroupOf.Select(g => perGroup[g])];
    }

    /// <summary>n medians of the number of purchases: what minimises the absolute error (MAE).</summary>
    /// <inheritdoc cref="Of(IPurchaseModel, HistoryGroups, double, int, CancellationToken)"/>
    public static int[] Medians(IPurchaseModel model, HistoryGroups groups, double horizon, int threads = 0, CancellationToken cancel = default) =>
        Quantiles(model, groups, horizon, 0.5, threads, cancel);

    /// <summary>n quantiles of the number of purchases.</summary>
    /// <param name="share">In (0, 1).</param>
    /// <inheritdoc cref="Of(IPurchaseModel, HistoryGroups, double, int, CancellationToken)"/>
    public static int[] Quantiles(IPurchaseModel model, HistoryGroups groups, double horizon, double share, int threads = 0, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(groups);
        int[] perGroup = new int[groups.Weights.Length];
        BlockSums.Fill(perGroup.Length, threads, g => perGroup[g] = model.Law(groups.Histories[g], horizon).Quantile(share), cancel);
        return [.. groups.GroupOf.Select(g => perGroup[g])];
    }
}
