using Clientele.Lifetime;
using Clientele.Tests.Features;
using FsCheck.Fluent;

namespace Clientele.Tests.Lifetime;

public sealed class SnapshotTests
{
    private static readonly DateOnly Cutoff = new(2023, 2, 20), Until = new(2023, 4, 1);

    [Fact]
    public async Task A_snapshot_is_what_its_plain_twin_says()
    {
        await using var shop = await TwinShop.Open();
        Prop.ForAll(TwinShop.AnyLines, lines =>
        {
            var ours = Take(shop, lines);
            var twin = SnapshotTwin.Of(lines, Cutoff, Until).ToList();
            Assert.Equal(twin.Select(t => t.Customer), ours.Customers);
            foreach (var (i, row) in twin.Index())
            {
                Near(row.Histories, [ours.Histories.Frequency[i], ours.Histories.Recency[i], ours.Histories.Tenure[i], ours.RepeatValue[i]]);
                Near(row.Features, ours.Features.Row(i).ToArray());
                Assert.Equal(row.TargetDays, ours.TargetDays[i]);
                Assert.Equal(row.TargetSpend, ours.TargetSpend[i]);
            }
        }).Holds(cases: 40);
    }

    [Fact]
    public async Task Nothing_that_happens_after_the_cut_off_changes_what_was_known()
    {
        await using var shop = await TwinShop.Open();
        var random = new Random(7);
        Prop.ForAll(TwinShop.AnyLines, Gen.Elements("shuffled", "deleted", "multiplied", "moved").ToArbitrary(), (lines, how) =>
        {
            var (known, later) = (lines.Where(l => DateOnly.FromDateTime(l.At) < Cutoff).ToList(), lines.Where(l => DateOnly.FromDateTime(l.At) >= Cutoff));
            if (known.Count == 0)
                return;
            var before = Take(shop, lines);
            var after = Take(shop, [.. known, .. how switch
            {
                "shuffled" => later.Zip(later.OrderBy(_ => random.Next()), (l, other) => l with { Customer = other.Customer }),
                "deleted" => [],
                "multiplied" => later.Select(l => l with { Quantity = l.Quantity * 1_000 }),
                _ => later.Select(l => l with { At = l.At.AddDays(200) }),
            }]);
            Assert.Equal(before.Customers, after.Customers);
            Assert.Equal(before.Features.Values, after.Features.Values);
            Assert.Equal(before.Histories.Frequency, after.Histories.Frequency);
            Assert.Equal([.. before.Histories.Recency, .. before.Histories.Tenure, .. before.RepeatValue], [.. after.Histories.Recency, .. after.Histories.Tenure, .. after.RepeatValue]);
        }).Holds(cases: 40);
    }

    [Fact]
    public async Task The_season_is_the_pace_of_the_same_window_a_year_before()
    {
        await using var shop = await TwinShop.Open();
        // An order on the first of every month, three more on those of first quarters. The 91 days of early 2024 reach to 1 April a year before.
        await shop.Load(
            from month in Enumerable.Range(0, 24)
            let day = new DateTime(2022, 1, 1).AddMonths(month)
            from order in Enumerable.Range(0, day.Month <= 3 ? 4 : 1)
            select new Line($"{month}-{order}", "c1", day, "p1", 1, 5, "Spain"));
        await PurchaseDays.Gather(shop.Engine);

        var spring = await PurchaseDays.At(shop.Engine, new(2024, 1, 1), new(2024, 4, 1));
        Assert.Equal(13 / 91.0 / (21 / 365.0), spring.Season, 1e-12);
        Assert.Equal(91 * spring.Season, spring.SeasonalDays, 1e-12);
        Assert.Equal(1, (await PurchaseDays.At(shop.Engine, new(2022, 12, 31), new(2023, 4, 1))).Season);
    }

    [Fact]
    public async Task A_sample_holds_the_same_customers_at_every_cut_off_as_they_are_among_all()
    {
        await using var shop = await TwinShop.Open();
        await shop.Load(
            from customer in Enumerable.Range(0, 2_000)
            from order in Enumerable.Range(0, 2)
            select new Line($"{customer}-{order}", $"c{customer}", new DateTime(2023, 1, 1).AddDays(customer % 50 + 100 * order), "p1", 1, 5 + customer, "Spain"));
        await PurchaseDays.Gather(shop.Engine);
        DateOnly spring = new(2023, 3, 15), summer = new(2023, 7, 1);
        Assert.Equal(2_000, await CustomerSample.Count(shop.Engine, spring));
        var sample = CustomerSample.Of(2_000, wanted: 500);

        var all = await PurchaseDays.At(shop.Engine, spring, summer);
        var some = await PurchaseDays.At(shop.Engine, spring, summer, sample);
        var later = await PurchaseDays.At(shop.Engine, summer, summer, sample);

        Assert.InRange(some.Customers.Count, 400, 600);
        Assert.Equal(some.Customers, later.Customers);
        var same = all.Take([.. some.Customers.Select(customer => all.Customers.ToList().IndexOf(customer))]);
        Assert.Equal(same.Features.Values, some.Features.Values);
        Assert.Equal(same.TargetSpend, some.TargetSpend);
        Assert.True(CustomerSample.Of(500, wanted: 500).IsEverybody);

        var blocks = await PurchaseDays.Blocks(shop.Engine, spring, summer, size: 700).ToListAsync();
        Assert.Equal([700, 700, 600], blocks.Select(block => block.Customers.Count));
        Assert.Equal(all.Customers, blocks.SelectMany(block => block.Customers));
        Assert.Equal(all.Features.Values, blocks.SelectMany(block => block.Features.Values));
        Assert.All(blocks, block => Assert.All(block.TargetSpend, spend => Assert.Equal(0, spend)));
        Assert.Empty((await PurchaseDays.Blocks(shop.Engine, new(2020, 1, 1), spring).SingleAsync()).Customers);
    }

    private static LifetimeSnapshot Take(TwinShop shop, List<Line> lines) => Task.Run(async () =>
    {
        await shop.Load(lines);
        await PurchaseDays.Gather(shop.Engine);
        return await PurchaseDays.At(shop.Engine, Cutoff, Until);
    }).GetAwaiter().GetResult();

    private static void Near(double[] expected, double[] actual) =>
        Assert.All(expected.Zip(actual).Index(), pair => Assert.True(
            Math.Abs(pair.Item.First - pair.Item.Second) <= 1e-9 * Math.Max(1, Math.Abs(pair.Item.First)), $"value {pair.Index}: {pair.Item.First} is {pair.Item.Second}"));
}
