namespace Clientele.Learning;

/// <summary>
/// Modified BG/NBD: as <see cref="BgNbd"/>, but the customer may leave after the first purchase too, so one-time buyers can be gone.
/// </summary>
/// <remarks>Source: Batislam, Denizel &amp; Filiztekin (2007), Int. J. Research in Marketing 24(3); Hoppe &amp; Wagner (2007), Marketing JRM 29.</remarks>
public sealed record MbgNbd(double R, double Alpha, double A, double B) : IPurchaseModel
{
    /// <inheritdoc cref="BgNbd.Fit(HistoryGroups, LikelihoodOptions?, CancellationToken)"/>
    public static PurchaseFit<MbgNbd> Fit(HistoryGroups groups, LikelihoodOptions? options = null, CancellationToken cancel = default) =>
        PurchaseSearch.Coin(groups, firstCoin: 1, leaving: false, options, cancel).As(p => new MbgNbd(p[0], p[1], p[2], p[3]), ["r", "alpha", "a", "b"]);

    /// <inheritdoc cref="BgNbd.Fit(PurchaseHistories, LikelihoodOptions?, CancellationToken)"/>
    public static PurchaseFit<MbgNbd> Fit(PurchaseHistories histories, LikelihoodOptions? options = null, CancellationToken cancel = default) =>
        Fit(HistoryGroups.Of(histories), options, cancel);

    public double ProbabilityAlive(PurchaseHistory history) => CoinDropout.ProbabilityAlive(R, Alpha, A / (B + history.Frequency), history);

    public double ExpectedWhileAlive(PurchaseHistory history, double horizon) => Alive(history).Expected(horizon);

    public double ExpectedOfNewcomer(double horizon) => B / (A + B) * new CoinDropout(R, Alpha, A, B + 1).Expected(horizon);

    public PurchaseLaw Law(PurchaseHistory history, double horizon) =>
        new(ProbabilityAlive(history), this.ExpectedPurchases(history, horizon), Alive(history).Law(horizon));

    public double DiscountedWhileAlive(PurchaseHistory history, double rate) => Alive(history).Discounted(rate);

    private CoinDropout Alive(PurchaseHistory h) => new(R + h.Frequency, Alpha + h.Tenure, A, B + h.Frequency + 1);
}
