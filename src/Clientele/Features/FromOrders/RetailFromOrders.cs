using System.Text;
using Clientele.Cleaning;

namespace Clientele.Features;

/// <summary>The twin of <c>retail_15.sql</c> and <c>retail_15_published.sql</c> for one customer: the same fifteen columns, to the bit.</summary>
internal static class RetailFromOrders
{
    /// <param name="lines">Kept, at least one, in reading order.</param>
    /// <param name="home">What the flag of the home country asks for.</param>
    public static double[] Of(IReadOnlyList<TypedLine> lines, AsOf asOf, string home)
    {
        var began = new Dictionary<string, TypedLine>(StringComparer.Ordinal);
        foreach (var line in lines)
            if (!began.TryGetValue(line.Invoice, out var first) || line.Second < first.Second)
                began[line.Invoice] = line;
        int[] days = [.. lines.Select(line => line.Day).Distinct()];
        double gap = days.Length < 2 ? 0 : (double)(days.Max() - days.Min()) / (days.Length - 1);
        return Columns(
            lines, asOf, home, products: lines.Select(line => line.Product).Where(product => product.Length > 0).Distinct(StringComparer.Ordinal).Count(), gap,
            weekday: Mode(7, began.Values.Select(line => line.Weekday)), hour: Mode(24, began.Values.Select(line => line.Hour)));
    }

    /// <summary>As system 001 published it: habits per line, gaps in reading order.</summary>
    public static double[] AsPublished(IReadOnlyList<TypedLine> lines, AsOf asOf, string home) => Columns(
        lines, asOf, home, products: lines.Select(line => line.Product).Distinct(StringComparer.Ordinal).Count(),
        gap: lines.Count < 2 ? 0 : (double)(lines[^1].Day - lines[0].Day) / (lines.Count - 1),
        weekday: Mode(7, lines.Select(line => line.Weekday)), hour: Mode(24, lines.Select(line => line.Hour)));

    private static double[] Columns(IReadOnlyList<TypedLine> lines, AsOf asOf, string home, int products, double gap, int weekday, int hour)
    {
        int invoices = lines.Select(line => line.Invoice).Distinct(StringComparer.Ordinal).Count();
        int cancelled = lines.Where(line => line.IsCancelled).Select(line => line.Invoice).Distinct(StringComparer.Ordinal).Count();
        double spend = ExactMoney.ToFloat64(ExactMoney.Sum(lines), TypedLine.MoneyUnit);
        var monthly = MonthlySpend.Of(lines);
        return
        [
            asOf.Reference.DayNumber - TypedLine.DateOf(lines.Max(line => line.Day)).DayNumber, invoices, lines.Sum(line => line.Quantity), spend, spend / invoices,
            products, gap, weekday, hour, MostFrequent(lines) == home ? 1 : 0, cancelled, (double)cancelled / invoices, monthly.Mean, monthly.Deviation, monthly.Trend,
        ];
    }

    // Of equally frequent ones the smallest.
    private static int Mode(int kinds, IEnumerable<int> values)
    {
        int[] counts = new int[kinds];
        foreach (int value in values)
            counts[value]++;
        return Array.IndexOf(counts, counts.Max());
    }

    // The country of most lines; of equals the first by its bytes.
    private static string MostFrequent(IReadOnlyList<TypedLine> lines) => lines.CountBy(line => line.Country, StringComparer.Ordinal)
        .OrderByDescending(country => country.Value).ThenBy(country => country.Key, ByBytes).First().Key;

    private static readonly Comparer<string> ByBytes = Comparer<string>.Create((a, b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)));
}
