namespace Clientele.Tests.Features;

/// <summary>One order line, as a test makes it.</summary>
internal sealed record Line(string Invoice, string Customer, DateTime At, string Product, int Quantity, decimal Price, string Country)
{
    public decimal Amount => Quantity * Price;
}

/// <summary>What <c>retail_15</c> means, customer by customer and line by line: slow, plain, and shared with no SQL.</summary>
internal static class RetailTwin
{
    public static IEnumerable<(string Customer, double[] Values)> Of(IReadOnlyList<Line> lines, DateOnly reference, string home) =>
        from customer in lines.GroupBy(l => l.Customer).OrderBy(c => c.Key, StringComparer.Ordinal)
        select (customer.Key, Describe([.. customer], reference, home));

    private static double[] Describe(List<Line> lines, DateOnly reference, string home)
    {
        var days = lines.Select(Day).Distinct().Order().ToList();
        var invoices = lines.GroupBy(l => l.Invoice).Select(i => (Number: i.Key, Began: i.Min(l => l.At))).ToList();
        double spend = (double)lines.Sum(l => l.Amount);
        int cancelled = invoices.Count(i => i.Number.StartsWith('C'));
        double[] months = [.. lines.GroupBy(l => (l.At.Year, l.At.Month)).OrderBy(m => m.Key).Select(m => (double)m.Sum(l => l.Amount))];
        return
        [
            reference.DayNumber - days[^1].DayNumber,
            invoices.Count,
            lines.Sum(l => l.Quantity),
            spend,
            spend / invoices.Count,
            lines.Select(l => l.Product).Distinct().Count(),
            days.Count < 2 ? 0 : days.Zip(days.Skip(1), (a, b) => b.DayNumber - a.DayNumber).Average(),
            Mode(invoices.Select(i => ((int)i.Began.DayOfWeek + 6) % 7)),
            Mode(invoices.Select(i => i.Began.Hour)),
            lines.GroupBy(l => l.Country).OrderByDescending(c => c.Count()).ThenBy(c => c.Key, StringComparer.Ordinal).First().Key == home ? 1 : 0,
            cancelled,
            (double)cancelled / invoices.Count,
            months.Average(),
            Deviation(months),
            Slope(months),
        ];
    }

    private static DateOnly Day(Line line) => DateOnly.FromDateTime(line.At);

    private static int Mode(IEnumerable<int> values) => values.GroupBy(v => v).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).First().Key;

    private static double Deviation(double[] values) =>
        values.Length < 2 ? 0 : Math.Sqrt(values.Sum(v => Math.Pow(v - values.Average(), 2)) / (values.Length - 1));

    private static double Slope(double[] values)
    {
        double middle = (values.Length - 1) / 2.0;
        return values.Length < 2 ? 0 : values.Select((v, i) => (i - middle) * v).Sum() / values.Select((_, i) => (i - middle) * (i - middle)).Sum();
    }
}
