using Clientele.Learning;
using Clientele.Lifetime;

namespace Clientele.Tests.Lifetime;

public sealed class RepeatTrackingTests
{
    private static readonly DateOnly Cutoff = new(2022, 7, 1), Until = new(2022, 12, 31);
    private static readonly MbgNbd Law = new(0.8, 60, 0.7, 2.5);

    [Fact]
    public void Every_week_is_what_counting_customer_by_customer_says()
    {
        var customers = MadeUpShop.Open(customers: 150).Days.Where(day => day.Day < Until).GroupBy(day => day.Customer)
            .Select(customer => customer.Select(day => day.Day).Distinct().Order().ToList()).Where(days => days[0] < Cutoff).ToList();
        var days = customers.SelectMany(c => c).Distinct().Order()
            .Select(day => (day, (long)customers.Count(c => c[0] == day), (long)customers.Count(c => c[0] < day && c.Contains(day)))).ToList();

        var tracking = RepeatTracking.Of(days, Law, Cutoff, Until);

        Assert.Contains(tracking.Weeks, week => week.End == Cutoff);
        Assert.Equal(Until, tracking.Weeks[^1].End);
        foreach (var week in tracking.Weeks)
        {
            Assert.Equal(customers.Sum(c => c.Skip(1).Count(day => day < week.End)), week.Actual);
            Assert.Equal(customers.Where(c => c[0] < week.End).Sum(c => Law.ExpectedOfNewcomer(week.End.DayNumber - 1 - c[0].DayNumber)), week.Expected, 1e-6);
        }
        var before = tracking.Weeks.Single(week => week.End == Cutoff);
        Assert.Equal((tracking.Weeks[^1].Expected - before.Expected) / (tracking.Weeks[^1].Actual - before.Actual) - 1, tracking.HoldOutError!.Value, 1e-12);
    }
}
