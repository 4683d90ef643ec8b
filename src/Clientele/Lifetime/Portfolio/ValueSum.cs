namespace Clientele.Lifetime;

/// <summary>Adds customers up one by one, to the cent, so that nobody has to hold them all.</summary>
public sealed class ValueSum
{
    private readonly int[] customersOf = new int[Enum.GetValues<ChurnRisk>().Length];
    private readonly decimal[] expectedOf = new decimal[Enum.GetValues<ChurnRisk>().Length];
    private int customers;
    private decimal expected, discounted, atRisk;
    private bool chancesKnown = true;

    public static ValueSum Of(IEnumerable<CustomerValue> customers)
    {
        var sum = new ValueSum();
        foreach (var customer in customers)
            sum.Add(customer);
        return sum;
    }

    public void Add(CustomerValue customer)
    {
        (customers, expected, discounted) = (customers + 1, expected + customer.Mean, discounted + customer.Discounted);
        if (customer is not { Buys: { } buys, Risk: { } risk })
        {
            chancesKnown = false;
            return;
        }
        atRisk += Cents.Of((double)customer.Mean * (1 - buys));
        customersOf[(int)risk]++;
        expectedOf[(int)risk] += customer.Mean;
    }

    public ValueOfGroup As(string group) => new(group, customers, expected, discounted, AtRisk()?.Amount);

    /// <summary>Null where a customer's chance of a purchase is not known.</summary>
    public ValueAtRisk? AtRisk() => chancesKnown ? new(atRisk, [.. Enum.GetValues<ChurnRisk>().Select(risk => new RiskBand(risk, customersOf[(int)risk], expectedOf[(int)risk]))]) : null;
}
