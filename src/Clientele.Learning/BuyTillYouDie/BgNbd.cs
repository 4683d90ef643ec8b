namespace Clientele.Learning;

/// <summary>
/// Beta-geometric/NBD: buys at a Poisson rate λ ~ Gamma(r, α), leaves after each repeat purchase with probability p ~ Beta(a, b).
/// One who never came back has had no occasion to leave: P(alive) = 1, an assumption and no finding.
/// </summary>
/// <remarks>Source: Fader, Hardie &amp; Lee (2005), Marketing Science 24(2).</remarks>
public sealed record BgNbd(double R, double Alpha, double A, double B) : IPurchaseModel
{
    /// <summary>Maximum likelihood.</summary>
    /// <exception cref="ArgumentException">There is nobody to fit.</exception>
    public static PurchaseFit<BgNbd> Fit(HistoryGroups groups, LikelihoodOptions? options = null, CancellationToken cancel = default) =>
        PurchaseSearch.Coin(groups, firstCoin: 0, leaving: false, options, cancel).As(p => new BgNbd(p[0], p[1], p[2], p[3]), ["r", "alpha", "a", "b"]);

    /// <inheritdoc cref="Fit(HistoryGroups, LikelihoodOptions?, CancellationToken)"/>
    /// <exception cref="PurchaseHistoryException">A history contradicts itself; the message names the customer.</exception>
    public static PurchaseFit<BgNbd> Fit(PurchaseHistories histories, LikelihoodOptions? options = null, CancellationToken cancel = default) =>
        Fit(HistoryGroups.Of(histories), options, cancel);

    public double ProbabilityAlive(PurchaseHistory history) => history.Frequency == 0 ? 1
        : CoinDropout.ProbabilityAlive(R, Alpha, A / (B + history.Frequency - 1), history);

    public double ExpectedWhileAlive(PurchaseHistory history, double horizon) => Alive(history).Expected(horizon);

    public double ExpectedOfNewcomer(double horizon) => new CoinDropout(R, Alpha, A, B).Expected(horizon);

    public PurchaseLaw Law(PurchaseHistory history, double horizon) =>
        new(ProbabilityAlive(history), this.ExpectedPurchases(history, horizon), Alive(history).Law(horizon));

    public double DiscountedWhileAlive(PurchaseHistory history, double rate) => Alive(history).Discounted(rate);

    private CoinDropout Alive(PurchaseHistory h) => new(R + h.Frequency, Alpha + h.Tenure, A, B + h.Frequency);
}
