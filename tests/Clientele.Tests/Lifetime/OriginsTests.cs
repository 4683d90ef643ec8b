using Clientele.Lifetime;
using FsCheck.Fluent;

namespace Clientele.Tests.Lifetime;

public sealed class OriginsTests
{
    [Theory]
    [InlineData("6 months", "6 months"), InlineData("39 weeks", "39 weeks"), InlineData("90-days", "90 days"), InlineData("1 year", "12 months"), InlineData("14 days", "2 weeks"), InlineData("1 week", "1 week")]
    public void A_horizon_reads_as_people_write_it(string text, string told)
    {
        Assert.True(Horizon.TryParse(text, out var horizon));
        Assert.Equal(told, horizon.ToString());
    }

    [Theory, InlineData(""), InlineData("6"), InlineData("six months"), InlineData("0 days"), InlineData("0.5 days"), InlineData("6 moons"), InlineData("11 years"), InlineData("9999999999 days")]
    public void What_is_no_horizon_is_refused(string text) => Assert.False(Horizon.TryParse(text, out _));

    [Fact]
    public void Six_months_from_the_first_of_June_end_with_November() =>      // source: system 002, target window
        Assert.Equal(new(2011, 12, 1), Horizon.OfMonths(6).After(new(2011, 6, 1)));

    [Fact]
    public void The_latest_cut_off_is_the_last_whose_window_is_over() => Prop.ForAll(
        Gen.Choose(0, 3_000).ToArbitrary(), Gen.Elements("6 months", "1 month", "39 weeks", "90 days", "1 day").ToArbitrary(), (day, text) =>
        {
            Assert.True(Horizon.TryParse(text, out var horizon));
            var until = new DateOnly(2010, 1, 1).AddDays(day);
            var latest = horizon.Before(until);
            Assert.True(horizon.After(latest) <= until && horizon.After(latest.AddDays(1)) > until.AddDays(-3));
        }).Holds();

    [Fact]
    public void Two_years_of_orders_give_monthly_cut_offs_with_history_and_window()
    {
        var origins = Origins.Choose(new(2009, 12, 1), new(2011, 12, 9), Horizon.OfMonths(6));
        Assert.Equal([new(2010, 3, 10), new(2010, 4, 10)], origins.Take(2));
        Assert.Equal((16, new(2011, 6, 10)), (origins.Count, origins[^1]));
        Assert.Equal(new(2010, 12, 10), Origins.Known(origins, origins[^1], Horizon.OfMonths(6)).Last());
    }

    [Theory, InlineData(1, "2010-12-10 2011-06-10"), InlineData(3, "2010-08-10 2010-10-10 2010-12-10 2011-02-10 2011-04-10 2011-06-10")]
    public void A_few_cut_offs_are_spread_over_two_windows(int tries, string expected) =>
        Assert.Equal(expected, string.Join(' ', Origins.Few(new(2009, 12, 1), new(2011, 12, 9), Horizon.OfMonths(6), tries).Select(day => $"{day:yyyy-MM-dd}")));

    [Fact]
    public void Data_shorter_than_history_and_window_give_none() =>
        Assert.Empty(Origins.Choose(new(2011, 1, 1), new(2011, 6, 1), Horizon.OfMonths(6)).Concat(Origins.Few(new(2011, 1, 1), new(2011, 6, 1), Horizon.OfMonths(6), 3)));
}
