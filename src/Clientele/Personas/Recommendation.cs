namespace Clientele.Personas;

/// <summary>A product that a customer has not bought and that many of their segment have.</summary>
/// <param name="Segment">1 … k.</param>
/// <param name="Rank">1: the most popular of those not bought.</param>
/// <param name="Description">Empty when the source has none.</param>
public sealed record Recommendation(string Customer, int Segment, int Rank, string Product, string Description);

/// <summary>How often recommendations would have come true.</summary>
/// <param name="Products">Recommended to each customer.</param>
/// <param name="From">First day of the test; all that was learnt is older.</param>
/// <param name="Until">Its last day.</param>
/// <param name="Customers">Who bought both before and in the test.</param>
/// <param name="Hits">Of them, those who newly bought at least one recommended product in the test.</param>
/// <param name="BestSellerHits">The same, had everyone been recommended the shop's best-sellers of all time that they had not bought.</param>
public sealed record HitRate(int Products, DateOnly From, DateOnly Until, long Customers, long Hits, long BestSellerHits)
{
    /// <summary>0 … 1; 0 when there were no customers to test.</summary>
    public double Share => Customers == 0 ? 0 : Hits / (double)Customers;

    public double BestSellerShare => Customers == 0 ? 0 : BestSellerHits / (double)Customers;
}
