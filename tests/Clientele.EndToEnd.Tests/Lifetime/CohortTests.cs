using Clientele.Learning;
using Clientele.Lifetime;
using Clientele.Tests.Features;
using FsCheck.Fluent;

namespace Clientele.Tests.Lifetime;

/// <summary>Cohorts, tracking and history as SQL counts them, against plain code over the same lines.</summary>
public sealed class CohortTests
{
    private static readonly DateOnly Cutoff = new(2023, 3, 20), Until = new(2023, 4, 15);

    [Fact]
    public async Task Cohorts_are_what_their_plain_twin_says_and_hold_every_cent()
    {
        await using var shop = await TwinShop.Open();
        Prop.ForAll(TwinShop.AnyLines, lines =>
        {
            var ours = Ask(shop, lines, () => Cohorts.Of(shop.Engine, Cutoff));
            var known = lines.Where(line => Day(line) < Cutoff).GroupBy(line => line.Customer).Where(customer => customer.Any(Bought)).ToList();
            var twin = known.GroupBy(customer => customer.Where(Bought).Min(Month)).OrderBy(cohort => cohort.Key).ToList();
            Assert.Equal(twin.Select(cohort => (cohort.Key, (long)cohort.Count())), ours.Select(cohort => (12 * cohort.Month.Year + cohort.Month.Month - 1, cohort.Customers)));
            foreach (var (expected, cohort) in twin.Zip(ours))
                for (int age = 0; age < cohort.Active.Count; age++)
                {
                    Assert.Equal(expected.Count(customer => customer.Any(line => Bought(line) && Month(line) == expected.Key + age)), cohort.Active[age]);
                    Assert.Equal(expected.SelectMany(c => c).Where(line => Math.Max(0, Month(line) - expected.Key) == age).Sum(line => line.Amount), cohort.Spend[age]);
                }
            Assert.Equal(known.SelectMany(c => c).Sum(line => line.Amount), ours.Sum(cohort => cohort.Spend.Sum()));
            Assert.All(ours, cohort => Assert.Equal((1.0, cohort.Spend[0] / cohort.Customers), (cohort.Retention(0), cohort.CumulativeValue(0))));
        }).Holds(cases: 30);
    }

    [Fact]
    public async Task Tracking_counts_firsts_and_repeats_of_those_known_at_the_cut_off()
    {
        await using var shop = await TwinShop.Open();
        var law = new MbgNbd(1, 30, 1, 2);
        Prop.ForAll(TwinShop.AnyLines, lines =>
        {
            var days = lines.Where(Bought).Where(line => Day(line) < Until).GroupBy(line => line.Customer)
                .Select(customer => customer.Select(Day).Distinct().Order().ToList()).Where(customer => customer[0] < Cutoff).ToList();
            if (days.Count == 0)
                return;
            var weeks = Ask(shop, lines, () => RepeatTracking.Of(shop.Engine, law, Cutoff, Until)).Weeks;
            Assert.Equal(days.Sum(customer => customer.Count - 1), weeks[^1].Actual);
            Assert.Equal(days.Sum(customer => law.ExpectedOfNewcomer(Until.DayNumber - 1 - customer[0].DayNumber)), weeks[^1].Expected, 1e-9);
        }).Holds(cases: 20);
    }

    [Fact]
    public async Task A_history_is_the_days_of_one_customer_newest_first()
    {
        await using var shop = await TwinShop.Open();
        Prop.ForAll(TwinShop.AnyLines, lines =>
        {
            string customer = lines[0].Customer;
            var expected = lines.Where(line => line.Customer == customer && Day(line) < Cutoff).GroupBy(Day).OrderByDescending(day => day.Key)
                .Select(day => new PurchaseDay(day.Key, day.Where(Bought).Select(line => line.Invoice).Distinct().Count(), day.Sum(line => line.Amount)));
            Assert.Equal(expected, Ask(shop, lines, () => PurchaseDay.Of(shop.Engine, customer, Cutoff)));
        }).Holds(cases: 20);
    }

    private static T Ask<T>(TwinShop shop, List<Line> lines, Func<Task<T>> question) => Task.Run(async () =>
    {
        await shop.Load(lines);
        await PurchaseDays.Gather(shop.Engine);
        return await question();
    }).GetAwaiter().GetResult();

    private static bool Bought(Line line) => !line.Invoice.StartsWith('C') && line.Quantity > 0;

    private static int Month(Line line) => 12 * line.At.Year + line.At.Month - 1;

    private static DateOnly Day(Line line) => DateOnly.FromDateTime(line.At);
}
