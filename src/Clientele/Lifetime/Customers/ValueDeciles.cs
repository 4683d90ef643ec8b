namespace Clientele.Lifetime;

/// <summary>Tenths of the customers by value, 1 the best. Customers of equal value share the better tenth, so no order among them is made up.</summary>
/// <param name="Least">The least value of tenth 1, of tenths 1 and 2, … 9, descending; empty without customers.</param>
public sealed record ValueDeciles(IReadOnlyList<decimal> Least)
{
    private const int Tenths = 10;

    /// <param name="values">n, reordered.</param>
    public static ValueDeciles Of(decimal[] values)
    {
        if (values.Length == 0)
            return new([]);
        Array.Sort(values);
        // Of the values that are above as few others as a tenth allows, the least: ⌊10 · above / n⌋ < d.
        return new([.. Enumerable.Range(1, Tenths - 1).Select(d => values[^(int)(((long)d * values.Length + Tenths - 1) / Tenths)])]);
    }

    /// <returns>1 … 10: ⌊10 · (customers worth more) / n⌋ + 1.</returns>
    public int Of(decimal value)
    {
        int tenth = 1;
        while (tenth <= Least.Count && value < Least[tenth - 1])
            tenth++;
        return tenth;
    }

    /// <summary>The customer with its tenth.</summary>
    public CustomerValue Place(RankedValue customer) => customer.Value with { Decile = Of(customer.Rank) };
}
