using Clientele.Lifetime;

namespace Clientele.Tests.Lifetime;

public sealed class IntervalCalibrationTests
{
    private static readonly Horizon Quarter = Horizon.OfMonths(3);

    [Fact]
    public void Ends_are_ranks_of_what_was_spent_against_what_was_said()
    {
        double[] spent = [.. Enumerable.Range(1, 99).Select(i => (double)i)];
        var rule = SpendIntervals.Calibrate(spent, Same(1, 99), Same(1, 99), .8);
        var interval = rule.Around([1])[0];
        Assert.Equal((10, 90), (Math.Round(interval.Lower, 9), Math.Round(interval.Upper, 9)));
        Assert.Equal(81 / 99.0, rule.Implied([1])[0], 1e-12);
        Assert.Equal(double.PositiveInfinity, SpendIntervals.Calibrate([1, 2, 3], Same(1, 3), Same(1, 3), .8).Around([1])[0].Upper);
    }

    [Fact]
    public void Where_all_forecasts_are_one_no_group_speaks_of_nobody()
    {
        double[] spent = [.. Enumerable.Range(1, 999).Select(i => (double)i)];
        var rule = SpendIntervals.Calibrate(spent, Same(1, 999), Same(1, 999), .8);
        Assert.All(rule.Reaches, reach => Assert.InRange(reach.Held, .8, 1));
        Assert.Equal(100, rule.Around([1])[0].Lower, 1e-9);
        Assert.Equal(double.PositiveInfinity, rule.Around([.5])[0].Upper);
    }

    [Fact]
    public void Where_most_spent_nothing_the_interval_is_nothing_and_says_that_it_holds_more()
    {
        var rule = SpendIntervals.Calibrate([.. Same(0, 90), .. Same(50, 10)], Same(1, 100), Same(1, 100), .8);
        Assert.Equal((0, 0), (rule.Around([1])[0].Lower, rule.Around([1])[0].Upper));
        Assert.Equal(.9, rule.Implied([1])[0], 1e-12);
    }

    [Fact]
    public void Older_windows_count_less()
    {
        double[] spent = [.. Same(100, 100), .. Enumerable.Range(1, 100).Select(i => i / 10.0)];
        double Upper(double weightOfOld) => SpendIntervals.Calibrate(spent, Same(1, 200), [.. Same(weightOfOld, 100), .. Same(1, 100)], .8).Around([1])[0].Upper;
        Assert.Equal(100, Upper(1), 1e-9);
        Assert.InRange(Upper(1e-4), 8, 10);
    }

    [Fact]
    public void Every_window_that_is_over_calibrates_and_the_purchase_model_stands_in_where_the_chosen_one_had_nothing_to_learn_from()
    {
        var shop = MadeUpShop.Open(customers: 300);
        DateOnly first = new(2021, 9, 1), now = new(2022, 9, 1);
        var timeline = new LifetimeTimeline(shop.Monthly(first, count: 10, months: 3), shop.At(now, now.AddMonths(3)));
        var blend = Contenders.All().Single(contender => contender.Name == "blend");

        var calibration = IntervalCalibration.Of(timeline.At(10), blend, default);

        Assert.Equal(Enumerable.Range(0, 10).Select(month => first.AddMonths(month)), calibration.Windows.Select(window => window.Cutoff));
        Assert.Equal(["MBG/NBD × Gamma–Gamma, seasonal", "blend"], calibration.Windows.Select(window => window.Model).Distinct());
        Assert.Equal(1, calibration.Windows[^1].Weight);
        Assert.Equal(calibration.Windows.Select(window => window.Weight).Order(), calibration.Windows.Select(window => window.Weight));
    }

    [Fact]
    public void Less_than_a_year_of_orders_warns_of_seasons_never_seen()
    {
        var shop = MadeUpShop.Open(customers: 300);
        Assert.Contains(Notes(new(2021, 11, 1)), note => note.StartsWith("Less than a year of orders is known", StringComparison.Ordinal));
        Assert.DoesNotContain(Notes(new(2022, 11, 1)), note => note.StartsWith("Less than a year of orders is known", StringComparison.Ordinal));

        IReadOnlyList<string> Notes(DateOnly now) => LifetimeLearning.Learn(
            shop.Monthly(now.AddMonths(-8), count: 6, months: 3), shop.At(now, now.AddMonths(3)), Quarter, [new PastRateBaseline(), new PurchaseContender(PurchaseLawName.MbgNbd)]).Valuation.Notes;
    }

    private static double[] Same(double value, int count) => [.. Enumerable.Repeat(value, count)];
}
