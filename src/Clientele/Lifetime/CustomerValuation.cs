namespace Clientele.Lifetime;

/// <summary>Values customers who come by themselves, as the run that learned it valued everybody: to the cent, and chances to the bit.</summary>
/// <param name="Orders">Of everybody; tell the season.</param>
/// <param name="Deciles">Of the run's customers; tell where one would stand among them.</param>
/// <param name="DiscountRate">Of a year.</param>
public sealed record CustomerValuation(LifetimeValuation Learned, DailyOrders Orders, ValueDeciles Deciles, double DiscountRate)
{
    /// <summary>Over the horizon, from each customer's cut-off on.</summary>
    /// <param name="customers">n.</param>
    /// <param name="threads">At most this many; 0: all cores. The same on any number.</param>
    /// <returns>n, without drivers.</returns>
    public IReadOnlyList<CustomerValue> Value(IReadOnlyList<CustomerPast> customers, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(customers);
        var values = new CustomerValue[customers.Count];
        foreach (var together in Enumerable.Range(0, customers.Count).GroupBy(i => customers[i].Cutoff))
        {
            var (cutoff, until) = (together.Key, Learned.Ahead.After(together.Key));
            int[] places = [.. together];
            var snapshot = LifetimeSnapshot.Of(cutoff, until, Orders.Season(cutoff, until.DayNumber - cutoff.DayNumber), [.. places.Select(i => customers[i])]);
            foreach (var (at, value) in ValuedBlock.Unexplained(Learned, snapshot, DiscountRate, threads).Index())
                values[places[at]] = Deciles.Place(value);
        }
        return values;
    }
}
