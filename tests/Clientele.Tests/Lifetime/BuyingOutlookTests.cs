using Clientele.Learning;
using Clientele.Lifetime;

namespace Clientele.Tests.Lifetime;

public sealed class BuyingOutlookTests
{
    private static readonly LifetimeSnapshot Today = MadeUpShop.Open(customers: 200).At(new(2022, 10, 1), new(2023, 4, 1));
    // CDNOW's estimates (science.md A6), in days.
    private static readonly MbgNbd Law = new(0.525, 6.183 * 7, 0.891, 1.614);
    private static readonly BuyingOutlook Outlook = BuyingOutlook.Of(Law, Today, annualRate: 0.1);

    [Fact]
    public void Half_of_those_alive_have_bought_again_by_the_median_wait()
    {
        for (int i = 0; i < Today.Customers.Count; i++)
            Assert.Equal(0.5, Law.Law(Today.Histories[i], Outlook.MedianWait[i]).WhileAlive.First(), 1e-9);
    }

    [Fact]
    public void The_chance_of_buying_is_that_of_the_exact_law_and_never_above_that_of_being_alive()
    {
        for (int i = 0; i < Today.Customers.Count; i++)
        {
            Assert.Equal(1 - Law.Law(Today.Histories[i], Today.HorizonDays).Probabilities()[0], Outlook.Buys[i], 1e-12);
            Assert.InRange(Outlook.Buys[i], 0, Outlook.Alive[i]);
        }
    }

    [Fact]
    public void One_time_buyers_may_be_gone()
    {
        foreach (var (i, x) in Today.Histories.Frequency.Index())
            if (x == 0)
                Assert.InRange(Outlook.Alive[i], 0.01, 0.99);
    }

    [Fact]
    public void The_discount_is_that_of_purchases_day_by_day()
    {
        double rate = BuyingOutlook.DailyRate(0.1);
        Assert.Equal(1 / 1.1, Math.Exp(-rate * 365.25), 1e-12);
        foreach (int i in (int[])[0, 7, 50, 120])
        {
            var history = Today.Histories[i] with { Recency = Today.Histories.Frequency[i] == 0 ? 0 : Today.Histories.Tenure[i] };
            double[] bought = [.. Enumerable.Range(0, Today.HorizonDays + 1).Select(day => Law.ExpectedPurchases(history, day))];
            double discounted = Enumerable.Range(1, Today.HorizonDays).Sum(day => (bought[day] - bought[day - 1]) * Math.Exp(-rate * (day - 0.5)));
            Assert.Equal(discounted / bought[^1], Outlook.Discount[i], 1e-6);
        }
    }
}
