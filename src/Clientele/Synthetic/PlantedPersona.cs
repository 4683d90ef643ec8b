namespace Clientele.Synthetic;

/// <summary>The truth behind a customer: what people of one kind do in this shop.</summary>
/// <param name="Share">Weight among the planted personas.</param>
/// <param name="Orders">Orders in the two years, ≥ 1.</param>
/// <param name="Recency">Days from the last order to the last day.</param>
/// <param name="Tenure">Days from the first order to the last.</param>
/// <param name="Lines">Lines of an order.</param>
/// <param name="Units">Units of a line.</param>
/// <param name="Price">Price of a unit that the customer looks for.</param>
/// <param name="Repertoire">Products that the customer comes back to.</param>
/// <param name="Returns">Returned orders per order, a probability.</param>
/// <param name="Growth">Mean growth of baskets from first to last order, in logarithms.</param>
/// <param name="Hour">Usual hour of the day.</param>
/// <param name="Tastes">Weights of the eight categories.</param>
internal sealed record PlantedPersona(
    string Name, double Share, Spread Orders, Spread Recency, Spread Tenure, Spread Lines, Spread Units, Spread Price, Spread Repertoire,
    Spread Returns, double Growth, double Hour, Weights Tastes)
{
    /// <summary>A shop with K personas has the first K.</summary>
    public static IReadOnlyList<PlantedPersona> All { get; } =
    [
        new("Steady regular", 24, new(38, .3), new(20, .6), new(620, .1), new(3.5, .25), new(2.5, .3), new(5, .2), new(60, .3),
            new(.11, .3), 0, 12, new([3, 1, 2, 1, 1, 1, 1, 1])),
        new("One-time visitor", 22, new(1, .35), new(240, .8), new(1, 0), new(8, .15), new(2, .1), new(3.5, .1), new(150, .3),
            new(.001, 0), 0, 20, new([1, 1, 1, 3, 1, 1, 1, 2])),
        new("Wholesaler", 16, new(16, .3), new(30, .5), new(600, .1), new(9, .25), new(6, .25), new(5, .2), new(120, .3),
            new(.005, 0), 1, 9, new([1, 1, 2, 1, 1, 1, 2, 3])),
        new("Lapsed enthusiast", 20, new(6, .25), new(430, .12), new(150, .2), new(5, .25), new(2, .25), new(11, .2), new(30, .3),
            new(.005, 0), -.5, 14, new([1, 3, 1, 1, 1, 2, 1, 1])),
        new("Try-and-return shopper", 18, new(7, .3), new(40, .5), new(420, .2), new(4, .25), new(1.2, .2), new(8, .2), new(60, .3),
            new(.8, .1), 0, 18, new([1, 1, 1, 1, 3, 4, 2, 1])),
        new("Christmas gift giver", 14, new(3, .3), new(20, .3), new(370, .1), new(9, .3), new(2, .3), new(9, .3), new(60, .4),
            new(.005, 0), .2, 19, new([1, .5, 2, 3, 1, 1, 2, 5])),
        new("Big-ticket decorator", 12, new(4, .3), new(120, .5), new(330, .3), new(2, .3), new(1.3, .2), new(32, .2), new(20, .4),
            new(.02, .3), 0, 15, new([.3, .3, .1, .1, 4, 3, 4, .1])),
        new("Refill subscriber", 12, new(60, .2), new(5, .5), new(690, .05), new(1.5, .2), new(2, .2), new(4, .2), new(3, .2),
            new(.01, .3), 0, 7, new([3, 1, 1, .2, .2, .5, 3, .2])),
        new("Rising newcomer", 12, new(7, .3), new(8, .5), new(70, .2), new(3, .3), new(2, .3), new(6, .3), new(30, .4),
            new(.01, .3), 1.4, 13, new([2, 1, 1, 1, 2, 2, 1, 1])),
        new("Clearance stocker", 12, new(3, .25), new(330, .3), new(90, .3), new(4, .3), new(40, .3), new(1.6, .2), new(12, .3),
            new(.01, .3), 0, 22, new([1, 1, 3, 1, .2, .2, 1, 4])),
    ];
}
