using Clientele.Engines;

namespace Clientele.Lifetime;

/// <summary>A day that a customer ordered or returned something on.</summary>
/// <param name="Orders">0 on a day of returns only.</param>
/// <param name="Spend">Returns subtracted.</param>
public sealed record PurchaseDay(DateOnly Day, long Orders, decimal Spend)
{
    private static readonly Sql Query = new("Lifetime/Customers/history.sql");

    /// <summary>Those of one customer, newest first.</summary>
    /// <param name="work">The engine that holds <c>purchase_days</c>.</param>
    public static async Task<IReadOnlyList<PurchaseDay>> Of(EngineClient work, string customer, DateOnly cutoff, CancellationToken cancel = default)
    {
        var days = new List<PurchaseDay>();
        await foreach (var day in work.Query(
            Query, row => new PurchaseDay(row.ReadDate(), row.ReadInt64(), row.ReadDecimal128(4)), new SqlParameters().Add("customer", customer).Add("cutoff", cutoff), cancel))
            days.Add(day);
        return days;
    }
}
