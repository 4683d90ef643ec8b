using Clientele.Lifetime;

namespace Clientele.Tests.Lifetime;

/// <param name="Spend">Returns subtracted.</param>
internal sealed record DayBought(string Customer, DateOnly Day, decimal Spend);

/// <summary>Customers who buy, spend and leave at random, and snapshots of them in plain code.</summary>
internal sealed record MadeUpShop(IReadOnlyList<DayBought> Days)
{
    public static readonly DateOnly Opening = new(2021, 1, 1);

    /// <summary>Two years of customers with rates, lifetimes and worths of their own.</summary>
    public static MadeUpShop Open(int customers, int seed = 5, int days = 730)
    {
        var random = new Random(seed);
        var bought = new List<DayBought>();
        for (int c = 0; c < customers; c++)
        {
            double first = days * 0.7 * random.NextDouble(), pace = 10 * Math.Exp(1.2 * Normal()), worth = 50 * Math.Exp(0.8 * Normal()), stays = -400 * Math.Log(random.NextDouble());
            double pause = 0;
            for (double day = first; day < days && day <= first + stays; day += pause)
            {
                bought.Add(new($"c{c:0000}", Opening.AddDays((int)day), Math.Round((decimal)(worth * Math.Exp(0.4 * Normal())), 2)));
                pause = 1 - pace * Math.Log(random.NextDouble());
            }
        }
        return new(bought);

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    /// <summary>Monthly cut-offs, each with the window of <paramref name="months"/> after it.</summary>
    public IReadOnlyList<LifetimeSnapshot> Monthly(DateOnly first, int count, int months) =>
        [.. Enumerable.Range(0, count).Select(i => At(first.AddMonths(i), first.AddMonths(i + months)))];

    public LifetimeSnapshot At(DateOnly cutoff, DateOnly until)
    {
        var rows = Days.Where(d => d.Day < until).GroupBy(d => d.Customer).OrderBy(c => c.Key, StringComparer.Ordinal)
            .Select(c => (c.Key, Known: c.Where(d => d.Day < cutoff).ToList(), After: c.Where(d => d.Day >= cutoff).ToList())).Where(c => c.Known.Count > 0).ToList();
        var features = rows.Select(row => Features(row.Known, cutoff)).ToList();
        return new(
            cutoff, until, [.. rows.Select(row => row.Key)],
            new([.. rows.Select(row => DaysOf(row.Known).Count - 1)], [.. features.Select(f => f[1] - f[0])], [.. features.Select(f => f[1])]),
            [.. rows.Select(row => RepeatValue(row.Known))], new(rows.Count, LifetimeFeature.All.Count, [.. features.SelectMany(f => f)]),
            [.. rows.Select(row => (double)DaysOf(row.After).Count)], [.. rows.Select(row => row.After.Sum(d => d.Spend))]);

        static List<DateOnly> DaysOf(List<DayBought> bought) => [.. bought.Select(d => d.Day).Distinct()];
        static double RepeatValue(List<DayBought> known)
        {
            var first = known.Min(d => d.Day);
            return DaysOf(known).Count == 1 ? 0 : (double)known.Where(d => d.Day > first).Sum(d => d.Spend) / (DaysOf(known).Count - 1);
        }
    }

    private static double[] Features(List<DayBought> known, DateOnly cutoff)
    {
        var days = known.Select(d => d.Day).Distinct().Order().ToList();
        double[] gaps = [.. days.Zip(days.Skip(1), (a, b) => (double)(b.DayNumber - a.DayNumber))];
        int recency = Age(days[^1]), tenure = Age(days[0]);
        double gap = gaps.Length == 0 ? tenure : gaps.Average(), deviation = gaps.Length < 2 ? 0 : Math.Sqrt(gaps.Sum(g => (g - gap) * (g - gap)) / (gaps.Length - 1));
        double spend = Spend(known);
        int[] windows = [30, 90, 180, 365];
        return
        [
            recency, tenure, known.Count, days.Count, days.Select(d => (d.Year, d.Month)).Distinct().Count(), gap, deviation, recency / gap,
            spend, spend / known.Count, known.GroupBy(d => d.Day).Max(d => Spend(d)),
            .. windows.Select(w => (double)known.Count(d => Age(d.Day) <= w)), .. windows.Select(w => Spend(known.Where(d => Age(d.Day) <= w))),
        ];

        int Age(DateOnly day) => cutoff.DayNumber - day.DayNumber;
    }

    private static double Spend(IEnumerable<DayBought> days) => (double)days.Sum(d => d.Spend);
}
