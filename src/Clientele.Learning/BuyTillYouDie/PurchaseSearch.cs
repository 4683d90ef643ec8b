namespace Clientele.Learning;

/// <summary>Fits a model of buying and leaving to grouped histories.</summary>
internal static class PurchaseSearch
{
    /// <summary>Beyond so many groups the starts are compared on every n-th of them.</summary>
    private const int Many = 8192;

    // Times in mean tenures, so a change of unit changes nothing. From few and faithful to many and fickle.
    private static readonly double[][] CoinStarts = [[0.25, 0.12, 0.8, 2.5], [1, 0.1, 1, 3], [0.6, 0.6, 2, 8], [2, 1, 0.3, 0.6]];
    private static readonly double[][] LifetimeStarts = [[0.5, 0.4, 0.5, 0.3], [1, 0.1, 1, 0.1], [1, 1, 1, 1], [0.6, 0.2, 2, 3]];
    private static readonly double[][] CountStarts = [[0.4, 0.4], [2, 1], [0.1, 3]];

    /// <param name="firstCoin">0: BG/NBD; 1: MBG/NBD.</param>
    /// <param name="leaving">Whether covariates act on leaving too.</param>
    public static MaximumLikelihood Coin(HistoryGroups groups, int firstCoin, bool leaving, LikelihoodOptions? options, CancellationToken cancel) =>
        Run(groups, (some, threads) => new CoinLikelihood(some, firstCoin, leaving, threads), [1, MeanTenure(groups), 1, 1], leaving ? 3 : 1, CoinStarts, options, cancel);

    public static MaximumLikelihood Lifetime(HistoryGroups groups, LikelihoodOptions? options, CancellationToken cancel)
    {
        double unit = MeanTenure(groups);
        return Run(groups, (some, threads) => new ParetoLikelihood(some, threads), [1, unit, 1, unit], 2, LifetimeStarts, options, cancel);
    }

    public static MaximumLikelihood Counts(HistoryGroups groups, LikelihoodOptions? options, CancellationToken cancel) =>
        Run(groups, (some, threads) => new NbdLikelihood(some, threads), [1, MeanTenure(groups)], 0, CountStarts, options, cancel);

    private static MaximumLikelihood Run(
        HistoryGroups groups, Func<HistoryGroups, int, ILikelihood> likelihood, double[] units, int coefficients, double[][] starts,
        LikelihoodOptions? options, CancellationToken cancel)
    {
        options ??= new();
        int stride = groups.Weights.Length / Many;
        var search = MaximumLikelihood.Search(
            likelihood(groups, options.Threads), stride > 1 ? likelihood(groups.Thinned(stride), options.Threads) : null,
            ParameterSpace.Positive(units).With(groups, coefficients), [.. starts.Select(start => start.Select(value => Math.Log(value)).ToArray())], options, cancel);
        if (!groups.Histories.Frequency.Any(x => x > 0))
            search.Warnings.Insert(0, new(FitWarningKind.NoRepeatPurchases, "Nobody bought again, so nothing can be learned about how often or how long people buy."));
        return search;
    }

    private static double MeanTenure(HistoryGroups groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        (double sum, double weight) = (0, 0);
        for (int g = 0; g < groups.Weights.Length; g++)
        {
            sum += groups.Weights[g] * groups.Histories.Tenure[g];
            weight += groups.Weights[g];
        }
        return weight > 0 ? sum / weight : throw new ArgumentException("There is no customer to fit.", nameof(groups));
    }
}
