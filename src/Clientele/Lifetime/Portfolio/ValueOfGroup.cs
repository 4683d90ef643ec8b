namespace Clientele.Lifetime;

/// <summary>What a group of customers will be worth. Groups add up to the portfolio, to the cent, because customers' amounts are rounded first and summed exactly.</summary>
/// <param name="Group">Its name.</param>
/// <param name="Expected">Σ mean.</param>
/// <param name="Discounted">Σ discounted mean.</param>
/// <param name="AtRisk">Σ mean · (1 − chance of a purchase in the window); null where that is not known.</param>
public sealed record ValueOfGroup(string Group, int Customers, decimal Expected, decimal Discounted, decimal? AtRisk)
{
    /// <summary>Expected spend of one customer of the group, to the cent.</summary>
    public decimal PerCustomer => Customers == 0 ? 0 : Math.Round(Expected / Customers, 2);
}
