namespace Clientele.Lifetime;

/// <summary>Three factors whose product is a customer's expected spend.</summary>
/// <param name="Alive">P(alive).</param>
/// <param name="Pace">Expected purchases of one alive.</param>
/// <param name="Worth">Expected spend of a purchase.</param>
public readonly record struct PurchaseFactors(double Alive, double Pace, double Worth)
{
    public double Product => Alive * Pace * Worth;

    /// <summary>Shapley values: product − usual product, shared out to the factors without a rest.</summary>
    internal (double Alive, double Pace, double Worth) Against(PurchaseFactors usual) => (
        (Alive - usual.Alive) * Others(Pace, Worth, usual.Pace, usual.Worth),
        (Pace - usual.Pace) * Others(Alive, Worth, usual.Alive, usual.Worth),
        (Worth - usual.Worth) * Others(Alive, Pace, usual.Alive, usual.Pace));

    // Mean product of the other two over the orders: both usual, one of them, both the customer's.
    private static double Others(double a, double b, double usualA, double usualB) => (2 * a * b + a * usualB + usualA * b + 2 * usualA * usualB) / 6;
}
