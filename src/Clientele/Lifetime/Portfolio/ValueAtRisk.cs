namespace Clientele.Lifetime;

/// <summary>
/// How much of what is expected rests on customers who may be gone: Σ mean · (1 − P(alive)). P(alive) as Schmittlein, Morrison &amp; Colombo (1987),
/// Management Science 33(1), count customers; the product with value is ours.
/// </summary>
/// <param name="Amount">To the cent.</param>
/// <param name="ByRisk">Customers and expected spend in every band, low risk first; the spend adds up to the portfolio's.</param>
public sealed record ValueAtRisk(decimal Amount, IReadOnlyList<RiskBand> ByRisk)
{
    /// <summary>Null where P(alive) is not known.</summary>
    public static ValueAtRisk? Of(IReadOnlyList<CustomerValue> customers) => customers.Any(each => each.Alive is null)
        ? null
        : new(
            customers.Sum(each => Cents.Of((double)each.Mean * (1 - each.Alive!.Value))),
            [.. Enum.GetValues<ChurnRisk>().Select(risk => new RiskBand(risk, customers.Count(each => each.Risk == risk), customers.Where(each => each.Risk == risk).Sum(each => each.Mean)))]);
}

/// <param name="Expected">Σ mean.</param>
public sealed record RiskBand(ChurnRisk Risk, int Customers, decimal Expected);
