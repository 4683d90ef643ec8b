namespace Clientele.Lifetime;

/// <summary>A buy-till-you-die model times Gamma–Gamma: learns from the purchases before the cut-off alone, so it needs no past window.</summary>
public sealed class PurchaseContender(PurchaseLawName law, int threads = 0) : IContender
{
    public string Name { get; } = law == PurchaseLawName.BgNbd ? "BG/NBD × Gamma–Gamma" : "MBG/NBD × Gamma–Gamma";

    public bool IsBaseline => false;

    public Forecast Value(IReadOnlyList<LifetimeSnapshot> past, LifetimeSnapshot now, CancellationToken cancel) =>
        PurchaseExpectations.Of(now, law, threads, cancel).Forecast();
}
