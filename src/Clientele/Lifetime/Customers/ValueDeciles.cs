namespace Clientele.Lifetime;

/// <summary>Tenths of the customers by value, 1 the best. Customers of equal value share the better tenth, so no order among them is made up.</summary>
public static class ValueDeciles
{
    /// <param name="values">n.</param>
    /// <returns>n, 1 … 10: ⌊10 · (customers worth more) / n⌋ + 1.</returns>
    public static int[] Of(IReadOnlyList<decimal> values)
    {
        decimal[] best = [.. values.OrderDescending()];
        var more = new Dictionary<decimal, int>();
        foreach (var (rank, value) in best.Index())
            more.TryAdd(value, rank);
        return [.. values.Select(value => (int)(10L * more[value] / best.Length) + 1)];
    }
}
