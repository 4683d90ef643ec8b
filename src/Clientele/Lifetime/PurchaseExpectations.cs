namespace Clientele.Lifetime;

/// <summary>What a buy-till-you-die model and the Gamma–Gamma model expect of the customers of a snapshot.</summary>
/// <param name="Alive">n, P(alive), 0 … 1.</param>
/// <param name="Purchases">n, expected purchase days in the window.</param>
/// <param name="WhileAlive">n, the same of a customer who is alive.</param>
/// <param name="ValuePerPurchase">n, expected spend of a purchase day.</param>
public sealed record PurchaseExpectations(double[] Alive, double[] Purchases, double[] WhileAlive, double[] ValuePerPurchase)
{
    /// <summary>n, expected spend. Mean × mean: exact where purchases and their value are independent.</summary>
    public double[] Spend() => [.. Purchases.Zip(ValuePerPurchase, (purchases, value) => purchases * value)];
}
