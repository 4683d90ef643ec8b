using Clientele.Lifetime;

namespace Clientele.Tests.Lifetime;

public sealed class SeasonTests
{
    [Theory, InlineData(1), InlineData(2.5), InlineData(.5)]
    public void A_shop_that_only_grows_or_shrinks_has_no_season(double growth) =>
        Assert.Equal(1, Season.Of(Orders(730, age => 1e6 * Math.Pow(growth, -age / 365.0)), days: 180), .001);

    [Theory, InlineData(1), InlineData(2.5)]
    public void A_busy_window_counts_as_much_however_the_shop_grows(double growth)
    {
        // The first 100 days of every year before the cut-off are twice as busy: 2 · 365 / (365 + 100).
        var orders = Orders(900, age => 1e6 * Math.Pow(growth, -age / 365.0) * ((age - 1) % 365 >= 265 ? 2 : 1));
        Assert.Equal(2 * 365 / 465.0, Season.Of(orders, days: 100), .001);
        Assert.Equal(growth, Season.Growth(orders), .001);
    }

    [Fact]
    public void Less_than_a_year_tells_no_season_and_a_year_no_growth()
    {
        Assert.Equal(1, Season.Of(Orders(364, age => age), days: 90));
        Assert.Equal(1, Season.Growth(Orders(454, age => age)));
        Assert.NotEqual(1, Season.Growth(Orders(455, age => age)));
        Assert.Equal(1, Season.Of(Orders(800, _ => 0), days: 90));
        Assert.Equal(3, Season.Of(Orders(365, age => age > 335 ? 1 : 0), days: 30));
    }

    private static long[] Orders(int oldest, Func<int, double> ofAge) => [0, .. Enumerable.Range(1, oldest).Select(age => (long)ofAge(age))];
}
