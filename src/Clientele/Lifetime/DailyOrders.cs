using Clientele.Engines;

namespace Clientele.Lifetime;

/// <summary>How many orders came in each day before a cut-off: what tells how busy a window will be.</summary>
/// <param name="Cutoff">First day that is not known.</param>
/// <param name="ByAge">Place a is the day a days before the cut-off; place 0 is empty, the last is the first day of the data. Of two years at most: older days tell nothing more.</param>
public sealed record DailyOrders(DateOnly Cutoff, IReadOnlyList<long> ByAge)
{
    private static readonly Sql Query = new("Lifetime/season.sql");

    /// <param name="work">The engine that holds <c>purchase_days</c>.</param>
    public static async Task<DailyOrders> Before(EngineClient work, DateOnly cutoff, CancellationToken cancel = default)
    {
        var orders = await work.Query(Query, row => (Age: (int)row.ReadInt64(), Orders: row.ReadInt64()), new SqlParameters().Add("cutoff", cutoff), cancel).ToListAsync(cancel);
        long[] byAge = new long[orders.Count == 0 ? 1 : Math.Min(orders[^1].Age, 2 * Lifetime.Season.Year) + 1];
        foreach (var day in orders)
            if (day.Age < byAge.Length)
                byAge[day.Age] = day.Orders;
        return new(cutoff, byAge);
    }

    /// <summary>How busy a window is against the average day of the year. Of one that begins on another day than the cut-off, as that part of the year was.</summary>
    /// <param name="from">The window's first day.</param>
    /// <param name="days">Its days.</param>
    public double Season(DateOnly from, int days) => Lifetime.Season.Of([.. ByAge], days, from.DayNumber - Cutoff.DayNumber);
}
