using Clientele.Tests.Features;

namespace Clientele.Tests.Lifetime;

/// <summary>What a snapshot means, customer by customer and line by line: slow, plain, and shared with no SQL.</summary>
internal static class SnapshotTwin
{
    public sealed record Row(string Customer, double[] Histories, double[] Features, double TargetDays, decimal TargetSpend);

    public static IEnumerable<Row> Of(IReadOnlyList<Line> lines, DateOnly cutoff, DateOnly until) =>
        from customer in lines.GroupBy(l => l.Customer).OrderBy(c => c.Key, StringComparer.Ordinal)
        let known = customer.Where(l => Day(l) < cutoff).ToList()
        let after = customer.Where(l => Day(l) >= cutoff && Day(l) < until).ToList()
        where known.Exists(Bought)
        select Describe(customer.Key, known, after, cutoff);

    private static Row Describe(string customer, List<Line> known, List<Line> after, DateOnly cutoff)
    {
        var days = known.Where(Bought).Select(Day).Distinct().Order().ToList();
        int recency = Ago(days[^1]), tenure = Ago(days[0]);
        double[] gaps = [.. days.Zip(days.Skip(1), (a, b) => (double)(b.DayNumber - a.DayNumber))];
        double gap = gaps.Length == 0 ? tenure : gaps.Average();
        double deviation = gaps.Length < 2 ? 0 : Math.Sqrt(gaps.Sum(g => (g - gap) * (g - gap)) / (gaps.Length - 1));
        decimal spend = Spend(known), first = Spend(known.Where(l => Day(l) == days[0]));
        int[] windows = [30, 90, 180, 365];
        return new(
            customer,
            [gaps.Length, tenure - recency, tenure, gaps.Length == 0 ? 0 : (double)(spend - first) / gaps.Length],
            [
                recency, tenure, Orders(known), days.Count, days.Select(d => (d.Year, d.Month)).Distinct().Count(), gap, deviation, recency / gap,
                (double)spend, (double)spend / Orders(known), (double)days.Max(d => Spend(known.Where(l => Day(l) == d))),
                .. windows.Select(w => (double)Orders(known.Where(l => Ago(Day(l)) <= w))),
                .. windows.Select(w => (double)Spend(known.Where(l => Ago(Day(l)) <= w))),
            ],
            after.Where(Bought).Select(Day).Distinct().Count(), Spend(after));

        int Ago(DateOnly day) => cutoff.DayNumber - day.DayNumber;
    }

    // An invoice is an order of each day that it has bought lines on.
    private static int Orders(IEnumerable<Line> lines) => lines.Where(Bought).Select(l => (Day(l), l.Invoice)).Distinct().Count();

    private static bool Bought(Line line) => !line.Invoice.StartsWith('C') && line.Quantity > 0;

    private static decimal Spend(IEnumerable<Line> lines) => lines.Sum(l => l.Amount);

    private static DateOnly Day(Line line) => DateOnly.FromDateTime(line.At);
}
