namespace Clientele.Lifetime;

/// <summary>
/// How much of what is expected rests on customers who may not buy at all: Σ mean · (1 − chance of a purchase in the window). Not P(alive), which is 1 for
/// everybody where orders show no leaving for good.
/// </summary>
/// <param name="Amount">To the cent.</param>
/// <param name="ByRisk">Customers and expected spend in every band, low risk first; the spend adds up to the portfolio's.</param>
public sealed record ValueAtRisk(decimal Amount, IReadOnlyList<RiskBand> ByRisk)
{
    /// <summary>Null where that chance is not known.</summary>
    public static ValueAtRisk? Of(IReadOnlyList<CustomerValue> customers) => customers.Any(each => each.Buys is null)
        ? null
        : new(
            customers.Sum(each => Cents.Of((double)each.Mean * (1 - each.Buys!.Value))),
            [.. Enum.GetValues<ChurnRisk>().Select(risk => new RiskBand(risk, customers.Count(each => each.Risk == risk), customers.Where(each => each.Risk == risk).Sum(each => each.Mean)))]);
}

/// <param name="Expected">Σ mean.</param>
public sealed record RiskBand(ChurnRisk Risk, int Customers, decimal Expected);
