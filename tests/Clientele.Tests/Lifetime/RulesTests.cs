using Clientele.Lifetime;

namespace Clientele.Tests.Lifetime;

/// <summary>What is done where data are few or odd.</summary>
public sealed class RulesTests
{
    private static readonly Horizon Quarter = Horizon.OfMonths(3);
    private static readonly DateOnly First = new(2021, 6, 1);

    [Fact]
    public void Few_repeat_buyers_leave_the_purchase_models_out_and_say_so()
    {
        var shop = new MadeUpShop([.. MadeUpShop.Open(customers: 400).Days.GroupBy(d => d.Customer).SelectMany((c, i) => i < 20 ? c.AsEnumerable() : c.Take(1))]);
        var learned = Learn(shop);
        Assert.Contains(learned.Contest!.Absent, absent => absent.Model.StartsWith("MBG/NBD", StringComparison.Ordinal) && absent.Why.Contains("bought again", StringComparison.Ordinal));
        Assert.Null(learned.Valuation.Purchases);
        Assert.Contains(learned.Valuation.Notes, note => note.StartsWith("No probability of being a customer still", StringComparison.Ordinal));
    }

    [Fact]
    public void One_time_buyers_may_be_gone()
    {
        var learned = Learn(MadeUpShop.Open(customers: 400));
        var today = learned.Timeline.Snapshots[^1];
        var alive = learned.Valuation.Purchases!.Expect(today).Alive;
        Assert.All(alive.Where((_, i) => today.Histories.Frequency[i] == 0), p => Assert.InRange(p, 0, .999));
    }

    [Fact]
    public void Nobody_is_expected_to_spend_below_0_even_where_returns_exceed_purchases()
    {
        var random = new Random(3);
        var shop = new MadeUpShop([.. MadeUpShop.Open(customers: 400).Days.Select(d => random.Next(5) == 0 ? d with { Spend = -3 * d.Spend } : d)]);
        var today = shop.At(First.AddMonths(16), First.AddMonths(19));
        Assert.Contains(today.TargetSpend, spend => spend < 0);
        Assert.Contains(today.Features.Column(LifetimeFeature.IndexOf("spend")), spend => spend < 0);
        var timeline = new LifetimeTimeline(shop.Monthly(First, count: 13, months: 3), today);
        foreach (var contender in Contenders.All())
            if (timeline.Forecast(contender, 13, default) is { } said)
                Assert.All(said.Mean.Concat(said.Median), value => Assert.InRange(value, 0, 1e7));
    }

    [Fact]
    public void A_whale_with_forty_percent_of_revenue_moves_nobody_elses_median_and_at_most_doubles_their_mean()
    {
        var calm = MadeUpShop.Open(customers: 400);
        string whale = calm.Days.GroupBy(d => d.Customer).MaxBy(c => c.Count())!.Key;
        decimal rest = calm.Days.Where(d => d.Customer != whale).Sum(d => d.Spend), own = calm.Days.Where(d => d.Customer == whale).Sum(d => d.Spend);
        var moved = new MadeUpShop([.. calm.Days.Select(d => d.Customer == whale ? d with { Spend = d.Spend * (rest * 2 / 3 / own) } : d)]);
        var (without, with) = (Learn(calm), Learn(moved));
        var (a, b) = (Others(without), Others(with));
        Assert.InRange(b.Mean / a.Mean, .5, 2);
        Assert.InRange(b.Median / a.Median, .8, 1.25);

        (double Mean, double Median) Others(LifetimeLearning learned)
        {
            var today = learned.Timeline.Snapshots[^1];
            var said = learned.Valuation.Value(today);
            var others = Enumerable.Range(0, today.Customers.Count).Where(i => today.Customers[i] != whale).ToList();
            return (others.Sum(i => said.Mean[i]), others.Sum(i => said.Median[i]));
        }
    }

    [Fact]
    public void A_model_that_was_best_in_the_past_but_has_too_few_to_learn_from_today_gives_way_to_a_baseline_by_name()
    {
        var shop = MadeUpShop.Open(customers: 400);
        var today = shop.At(First.AddMonths(16), First.AddMonths(19));
        var learned = LifetimeLearning.Learn(
            shop.Monthly(First, count: 13, months: 3), today.Take([.. Enumerable.Range(0, 20)]), Quarter, [new ConstantBaseline(), new PurchaseContender(PurchaseLawName.MbgNbd)]);
        Assert.Equal("MBG/NBD × Gamma–Gamma, seasonal", learned.Contest!.Mean.Model);
        Assert.Equal("past rate", learned.Valuation.Mean.Name);
        Assert.Contains(learned.Valuation.Notes, note => note.Contains("can't learn today, so the baseline 'past rate' stands in", StringComparison.Ordinal) && note.Contains("bought again", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_nobody_leaves_the_chance_of_buying_tells_who_is_at_risk_and_a_note_says_why()
    {
        var random = new Random(9);
        // Everybody buys for ever, each at a pace of their own, every 60 days on average.
        var shop = new MadeUpShop([.. from c in Enumerable.Range(0, 600)
                                      let pace = -Math.Log(1 - random.NextDouble()) / 60
                                      from day in Enumerable.Range(0, 700).Where(_ => random.NextDouble() < pace)
                                      select new DayBought($"c{c:000}", MadeUpShop.Opening.AddDays(day), 20 + random.Next(10))]);
        var learned = Learn(shop);
        var today = learned.Timeline.Snapshots[^1];
        var outlook = BuyingOutlook.Of(learned.Valuation.Law!, today, annualRate: 0);
        Assert.True(outlook.Alive.Average() > .95);
        Assert.Contains(learned.Valuation.Notes, note => note.StartsWith("These orders show next to nobody leaving", StringComparison.Ordinal));
        var tried = BuyingHoldOut.Of(learned.Timeline, default)!;
        Assert.True(tried.Brier < tried.BrierOfShare);
        Assert.All(tried.Bands.Where(band => band.Customers > 100), band => Assert.Equal(band.Said, band.Bought, .12));
        Assert.True(tried.Bands.Count > 1);
    }

    private static LifetimeLearning Learn(MadeUpShop shop) =>
        LifetimeLearning.Learn(shop.Monthly(First, count: 13, months: 3), shop.At(First.AddMonths(16), First.AddMonths(19)), Quarter, Contenders.All());
}
