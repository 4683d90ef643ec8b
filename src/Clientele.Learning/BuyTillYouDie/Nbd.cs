namespace Clientele.Learning;

/// <summary>Buys at a Poisson rate λ ~ Gamma(r, α) and never leaves: what the models with dropout are to be compared with.</summary>
/// <remarks>Source: Ehrenberg (1959), Applied Statistics 8(1).</remarks>
public sealed record Nbd(double R, double Alpha) : IPurchaseModel
{
    /// <summary>Maximum likelihood; the log-likelihood is that of the counts, without the times of purchases: not comparable with those of the other models.</summary>
    public static PurchaseFit<Nbd> Fit(HistoryGroups groups, LikelihoodOptions? options = null, CancellationToken cancel = default) =>
        PurchaseSearch.Counts(groups, options, cancel).As(p => new Nbd(p[0], p[1]), ["r", "alpha"]);

    /// <inheritdoc cref="Fit(HistoryGroups, LikelihoodOptions?, CancellationToken)"/>
    public static PurchaseFit<Nbd> Fit(PurchaseHistories histories, LikelihoodOptions? options = null, CancellationToken cancel = default) =>
        Fit(HistoryGroups.Of(histories), options, cancel);

    public double ProbabilityAlive(PurchaseHistory history) => 1;

    public double ExpectedWhileAlive(PurchaseHistory history, double horizon) => (R + history.Frequency) * horizon / (Alpha + history.Tenure);

    public double ExpectedOfNewcomer(double horizon) => R * horizon / Alpha;

    public PurchaseLaw Law(PurchaseHistory history, double horizon) =>
        new(1, ExpectedWhileAlive(history, horizon), Terms(R + history.Frequency, Alpha + history.Tenure, horizon));

    public double DiscountedWhileAlive(PurchaseHistory history, double rate) => ExpectedWhileAlive(history, 1) / rate;

    private static IEnumerable<double> Terms(double shape, double rate, double horizon)
    {
        double log = -shape * Elementary.LogOnePlus(horizon / rate), logZ = Math.Log(horizon / (rate + horizon));
        for (int n = 0; ; n++)
        {
            yield return Math.Exp(log);
            log += Math.Log((shape + n) / (n + 1)) + logZ;
        }
    }
}
