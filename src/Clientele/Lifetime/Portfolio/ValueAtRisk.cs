namespace Clientele.Lifetime;

/// <summary>
/// How much of what is expected rests on customers who may not buy at all: Σ mean · (1 − chance of a purchase in the window). Not P(alive), which is 1 for
/// everybody where orders show no leaving for good.
/// </summary>
/// <param name="Amount">To the cent.</param>
/// <param name="ByRisk">Customers and expected spend in every band, low risk first; the spend adds up to the portfolio's.</param>
public sealed record ValueAtRisk(decimal Amount, IReadOnlyList<RiskBand> ByRisk);

/// <param name="Expected">Σ mean.</param>
public sealed record RiskBand(ChurnRisk Risk, int Customers, decimal Expected);
