using Clientele.Engines;
using Clientele.Features;

namespace Clientele.Lifetime;

/// <summary>A row of <c>snapshot.sql</c> but its targets: what was known of a customer at a cut-off, in whole numbers and exact money.</summary>
/// <param name="WindowOrders">Of the last <see cref="Windows"/> days.</param>
/// <param name="WindowSpend">Likewise, returns subtracted.</param>
internal sealed record PurchaseFacts(
    string Customer, long FirstAge, long LastAge, long Days, long Orders, long Months, long GapSum, long GapSquares, decimal Spend, decimal FirstSpend, decimal Largest,
    IReadOnlyList<long> WindowOrders, IReadOnlyList<decimal> WindowSpend)
{
    private static readonly int[] Windows = [30, 90, 180, 365];

    /// <summary>The columns of a row up to its targets.</summary>
    public static PurchaseFacts Read(RowBinaryReader row) => new(
        row.ReadString(), row.ReadInt64(), row.ReadInt64(), row.ReadInt64(), row.ReadInt64(), row.ReadInt64(), row.ReadInt64(), row.ReadInt64(),
        row.ReadDecimal128(4), row.ReadDecimal128(4), row.ReadDecimal128(4),
        [row.ReadInt64(), row.ReadInt64(), row.ReadInt64(), row.ReadInt64()], [row.ReadDecimal128(4), row.ReadDecimal128(4), row.ReadDecimal128(4), row.ReadDecimal128(4)]);

    /// <summary>The twin of <c>purchase_days.sql</c> and <c>snapshot.sql</c> for one customer.</summary>
    /// <param name="lines">Kept.</param>
    /// <returns>Null: nothing was bought before the cut-off.</returns>
    public static PurchaseFacts? Of(string customer, IReadOnlyList<TypedLine> lines, DateOnly cutoff)
    {
        var all = lines.GroupBy(line => TypedLine.DateOf(line.Day)).Where(day => day.Key < cutoff)
            .Select(day => (Day: day.Key, Age: cutoff.DayNumber - day.Key.DayNumber, Orders: Ordered(day), Spend: day.Aggregate((Int128)0, (sum, line) => sum + line.Amount))).OrderBy(day => day.Day).ToList();
        var bought = all.Where(day => day.Orders > 0).ToList();
        if (bought.Count == 0)
            return null;
        var gaps = Gaps.Between([.. bought.Select(day => (long)day.Day.DayNumber)], unit: 1);
        return new(
            customer, bought[0].Age, bought[^1].Age, bought.Count, bought.Sum(day => day.Orders), bought.Select(day => (day.Day.Year, day.Day.Month)).Distinct().Count(), gaps.Sum, gaps.Squares,
            Money(all), ExactMoney.InFourDecimals(bought[0].Spend), ExactMoney.InFourDecimals(bought.Max(day => day.Spend)),
            [.. Windows.Select(window => bought.Where(day => day.Age <= window).Sum(day => day.Orders))], [.. Windows.Select(window => Money(all.Where(day => day.Age <= window)))]);

        static decimal Money(IEnumerable<(DateOnly, int, long, Int128 Spend)> days) => ExactMoney.InFourDecimals(days.Aggregate((Int128)0, (sum, day) => sum + day.Spend));
    }

    // Distinct invoices that are not cancelled and hold a positive quantity.
    private static long Ordered(IEnumerable<TypedLine> day) => day.Where(line => !line.IsCancelled && line.Quantity > 0).Select(line => line.Invoice).Distinct(StringComparer.Ordinal).Count();
}
