namespace Clientele.Learning;

/// <summary>
/// Pareto/NBD: buys at a Poisson rate λ ~ Gamma(r, α) through a lifetime that nobody sees, exponential with rate μ ~ Gamma(s, β).
/// </summary>
/// <remarks>Source: Schmittlein, Morrison &amp; Colombo (1987), Management Science 33(1).</remarks>
public sealed record ParetoNbd(double R, double Alpha, double S, double Beta) : IPurchaseModel
{
    /// <inheritdoc cref="BgNbd.Fit(HistoryGroups, LikelihoodOptions?, CancellationToken)"/>
    public static PurchaseFit<ParetoNbd> Fit(HistoryGroups groups, LikelihoodOptions? options = null, CancellationToken cancel = default) =>
        PurchaseSearch.Lifetime(groups, options, cancel).As(p => new ParetoNbd(p[0], p[1], p[2], p[3]), ["r", "alpha", "s", "beta"]);

    /// <inheritdoc cref="BgNbd.Fit(PurchaseHistories, LikelihoodOptions?, CancellationToken)"/>
    public static PurchaseFit<ParetoNbd> Fit(PurchaseHistories histories, LikelihoodOptions? options = null, CancellationToken cancel = default) =>
        Fit(HistoryGroups.Of(histories), options, cancel);

    public double ProbabilityAlive(PurchaseHistory history)
    {
        double shape = R + history.Frequency, silent = history.Tenure - history.Recency;
        if (silent == 0)
            return 1;
        (double last, double now) = (ParetoTail.Of(shape, S, Alpha, Beta, history.Recency).Log, ParetoTail.Of(shape, S, Alpha, Beta, history.Tenure).Log);
        double gap = shape * Elementary.LogOnePlus(silent / (Alpha + history.Recency)) + S * Elementary.LogOnePlus(silent / (Beta + history.Recency)) + last - now;
        if (gap <= 0)
            return 1;       // Less silence than the last digit can tell.
        double alive = LogSpace.Complement(Math.Log(S / (shape + S)) + now + gap + LogSpace.OneMinusExp(-gap));
        return alive < 1e-300 ? 0 : alive;
    }

    /// <summary>The probability to be alive still at T + t.</summary>
    public double ProbabilityAlive(PurchaseHistory history, double horizon) =>
        ProbabilityAlive(history) * Math.Exp(-S * Elementary.LogOnePlus(horizon / (Beta + history.Tenure)));

    public double ExpectedWhileAlive(PurchaseHistory history, double horizon) => Alive(history).Expected(horizon);

    public double ExpectedOfNewcomer(double horizon) => new LifetimeDropout(R, Alpha, S, Beta).Expected(horizon);

    public PurchaseLaw Law(PurchaseHistory history, double horizon) =>
        new(ProbabilityAlive(history), this.ExpectedPurchases(history, horizon), Alive(history).Law(horizon));

    public double DiscountedWhileAlive(PurchaseHistory history, double rate) => Alive(history).Discounted(rate);

    private LifetimeDropout Alive(PurchaseHistory h) => new(R + h.Frequency, Alpha + h.Tenure, S, Beta + h.Tenure);
}
