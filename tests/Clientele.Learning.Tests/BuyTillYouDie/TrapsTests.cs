namespace Clientele.Learning.Tests;

/// <summary>Known traps of reference/science.md A9, each with the issues of other libraries where it was met.</summary>
public sealed class TrapsTests
{
    private static PurchaseHistories Shop => Cdnow.Exact.Value.Histories;

    [Theory]        // CLVTools' overflow test; the values from A3
    [InlineData(221, 103.42857, 103.57143, .99959605231794), InlineData(254, 97.14286, 97.28571, .99955822612301)]
    [InlineData(161, 94.71429, 98, .74948775225811), InlineData(204, 98.57143, 99.42857, .99425507963790)]
    public void Frequent_buyers_do_not_overflow(int x, double last, double age, double alive) =>      // lifetimes #25 #113 #332, CLVTools #100
        Assert.Equal(alive, new ParetoNbd(.5143, 2.8845, .2856, 14.1087).ProbabilityAlive(new(x, last, age)), 1e-12);

    [Fact]
    public void The_silent_frequent_buyer_is_gone_and_the_steady_one_is_not()      // lifetimes #25: ((α+T)/(α+t_x))^{r+x}
    {
        var model = new BgNbd(.25, 4, .8, 2.5);
        Assert.Equal(0, model.ProbabilityAlive(new(5000, 100, 1000)));
        Assert.Equal(0, model.ExpectedPurchases(new(5000, 100, 1000), 52));
        Assert.InRange(model.ProbabilityAlive(new(5000, 1000, 1000)), .999, 1);
        Assert.InRange(model.ExpectedPurchases(new(100_000, 10_000, 10_000), 1e4), 100, 100_000);
    }

    [Fact]
    public void A_plus_b_below_1_without_repeat_purchases_is_a_number() =>      // lifetimes #302 #442
        Assert.Equal(.5645886155328, new BgNbd(.11, 2.24, .31, .50).ExpectedPurchases(new(0, 0, 1), 30), 1e-12);

    [Theory]        // lifetimes' test, A7
    [InlineData(132, 6.206051788963), InlineData(133, 6.252872247574)]
    public void Just_bought_after_132_and_133_purchases(int x, double expected) =>      // lifetimes #25 #117
        Assert.Equal(expected, new ParetoNbd(.55, 10.58, .61, 11.67).ExpectedPurchases(new(x, 200, 200), 10), 1e-11);

    [Fact]
    public void Alpha_equal_to_beta_is_no_special_case()      // A9: the branch
    {
        var customer = new PurchaseHistory(3, 20, 30);
        double at = new ParetoNbd(.5, 10, .6, 10).ProbabilityAlive(customer);
        Assert.Equal(at, new ParetoNbd(.5, 10 + 1e-9, .6, 10).ProbabilityAlive(customer), 1e-9);
        Assert.Equal(at, new ParetoNbd(.5, 10, .6, 10 + 1e-9).ProbabilityAlive(customer), 1e-9);
    }

    [Fact]
    public void Bg_nbd_calls_every_one_time_buyer_alive_and_the_others_do_not()      // lifetimes #44 #165 #212 #239
    {
        var groups = HistoryGroups.Of(Shop);
        Assert.Equal(1, BgNbd.Fit(groups).Model.ProbabilityAlive(new(0, 0, 38)));
        Assert.Equal(.813, PurchaseForecast.Of(BgNbd.Fit(groups).Model, groups, 39).Alive.Average(), 1e-3);
        Assert.InRange(PurchaseForecast.Of(MbgNbd.Fit(groups).Model, groups, 39).Alive.Average(), .445, .45);
        Assert.InRange(PurchaseForecast.Of(ParetoNbd.Fit(groups).Model, groups, 39).Alive.Average(), .445, .45);
    }

    [Fact]
    public void A_mean_spend_without_mean_is_infinite_and_never_negative()      // lifetimes #146 #236 #370
    {
        var model = new GammaGamma(.4, .5, 20);
        Assert.Equal(double.PositiveInfinity, model.ExpectedSpend(0, 0));
        Assert.Equal(double.PositiveInfinity, model.ExpectedSpend(1, 30));
        Assert.InRange(model.ExpectedSpend(2, 30), 0, 1e6);
        Assert.InRange(model.MedianSpend(0, 0), 0, 1e6);

        var random = new RandomStream(3, 0);
        int[] x = [.. Enumerable.Range(0, 800).Select(_ => 1 + random.Below(5))];
        double[] m = [.. x.Select(n => SimulatedCustomers.Gamma(random, 2.0 * n) / n / (SimulatedCustomers.Gamma(random, .6) / 10))];
        Assert.Contains(GammaGamma.Fit(x, m).Warnings, warning => warning.Kind == FitWarningKind.InfiniteMean);
    }

    [Fact]
    public void The_median_spend_halves_the_customers()
    {
        var random = new RandomStream(5, 0);
        var model = new GammaGamma(6, 4, 15);
        double median = model.MedianSpend(3, 30);
        int above = Enumerable.Range(0, 20_000).Count(_ => 6 / (SimulatedCustomers.Gamma(random, 22) / 105) > median);
        Assert.InRange(above, 9_700, 10_300);
    }

    [Fact]
    public void Spends_of_nothing_or_less_are_refused_and_one_time_buyers_left_out()      // lifetimes #211, CLVTools #225
    {
        Assert.Equal(1, Assert.Throws<PurchaseHistoryException>(() => GammaGamma.Fit([1, 2], [3, 0])).Row);
        Assert.Equal(0, Assert.Throws<PurchaseHistoryException>(() => GammaGamma.Fit([1, 2], [-3, 5])).Row);
        Assert.Equal(1, Assert.Throws<NotFiniteException>(() => GammaGamma.Fit([1, 2], [3, double.NaN])).Row);
        Assert.Equal(946, GammaGamma.Fit(Shop.Frequency, Cdnow.Exact.Value.Spend).Customers);
    }

    [Fact]
    public void Spend_that_rises_with_frequency_is_said()      // note 2013; CDNOW .1139
    {
        Assert.DoesNotContain(GammaGamma.Fit(Shop.Frequency, Cdnow.Exact.Value.Spend).Warnings, warning => warning.Kind == FitWarningKind.SpendDependsOnFrequency);
        double[] rising = [.. Shop.Frequency.Select((x, i) => Cdnow.Exact.Value.Spend[i] * (1 + x))];
        Assert.Contains(GammaGamma.Fit(Shop.Frequency, rising).Warnings, warning => warning.Kind == FitWarningKind.SpendDependsOnFrequency);
    }

    [Fact]
    public void Neither_the_unit_of_time_nor_the_number_of_customers_changes_the_estimates()      // lifetimes' penaliser does
    {
        var weeks = BgNbd.Fit(Shop);
        var days = BgNbd.Fit(Shop with { Recency = [.. Shop.Recency.Select(t => 7 * t)], Tenure = [.. Shop.Tenure.Select(t => 7 * t)] });
        Assert.Equal(weeks.Model.R, days.Model.R, 1e-8);
        Assert.Equal(7 * weeks.Model.Alpha, days.Model.Alpha, 1e-6);
        var thrice = BgNbd.Fit(new PurchaseHistories([.. Shop.Frequency, .. Shop.Frequency, .. Shop.Frequency], [.. Shop.Recency, .. Shop.Recency, .. Shop.Recency], [.. Shop.Tenure, .. Shop.Tenure, .. Shop.Tenure]));
        Assert.Equal(weeks.Model.B, thrice.Model.B, 1e-6);
        Assert.Equal(weeks.Estimates[3].StandardError!.Value / Math.Sqrt(3), thrice.Estimates[3].StandardError!.Value, 1e-5);
    }

    [Fact]
    public void Discounting_falls_with_the_rate_and_bears_any_scale()      // CLVTools #171 #186
    {
        var customer = new PurchaseHistory(7, 70, 77);
        foreach (IPurchaseModel model in new IPurchaseModel[] { new ParetoNbd(.55, 10.6, .61, 11.7), new BgNbd(.25, 4, .8, 2.5), new ParetoNbd(.5, 10, 2, 1e8), new MbgNbd(.5, 6, .9, 1.6) })
        {
            double[] values = [.. new[] { 1e-4, .0027, .1, 1, 30, 1000 }.Select(rate => model.DiscountedWithoutEnd(customer, rate))];
            Assert.All(values, value => Assert.True(double.IsFinite(value) && value > 0));
            Assert.True(values.Zip(values.Skip(1)).All(pair => pair.First > pair.Second));
        }
    }

    [Fact]
    public void Where_nobody_leaves_the_fit_says_so_and_still_predicts()      // lifetimes #207
    {
        var histories = SimulatedCustomers.Of(new ParetoNbd(1.5, 10, 20, 1e9), 500, seed: 4, 30, 60);
        foreach (var (warnings, model) in new (IReadOnlyList<FitWarning>, IPurchaseModel)[] { Of(BgNbd.Fit(histories)), Of(ParetoNbd.Fit(histories)) })
        {
            Assert.Contains(warnings, warning => warning.Kind is FitWarningKind.Runaway or FitWarningKind.FlatRidge);
            Assert.Equal(1.5 / 10 * 30, model.ExpectedOfNewcomer(30), .6);
        }

        static (IReadOnlyList<FitWarning>, IPurchaseModel) Of<T>(PurchaseFit<T> fit) where T : IPurchaseModel => (fit.Warnings, fit.Model);
    }

    [Fact]
    public void Where_nobody_comes_back_the_fit_says_so()
    {
        var fit = BgNbd.Fit(new PurchaseHistories(new int[50], new double[50], [.. Enumerable.Range(1, 50).Select(i => (double)i)]));
        Assert.Contains(fit.Warnings, warning => warning.Kind == FitWarningKind.NoRepeatPurchases);
        Assert.InRange(fit.Model.ExpectedPurchases(new(0, 0, 20), 10), 0, .1);
    }

    [Fact]
    public void A_prediction_does_not_depend_on_its_batch()      // BTYDplus #73
    {
        var model = new ParetoNbd(.55, 10.6, .61, 11.7);
        var all = PurchaseForecast.Of(model, HistoryGroups.Of(Shop), 39);
        foreach (int i in new[] { 0, 17, 2000 })
        {
            var alone = PurchaseForecast.Of(model, HistoryGroups.Of(new([Shop.Frequency[i]], [Shop.Recency[i]], [Shop.Tenure[i]])), 39);
            Assert.Equal((all.Alive[i], all.Expected[i]), (alone.Alive[0], alone.Expected[0]));
            Assert.Equal(all.Expected[i], model.ExpectedPurchases(Shop[i], 39));
        }
    }

    [Theory]
    [InlineData(0, 0, 0), InlineData(2, 5, 4), InlineData(0, 1, 4), InlineData(-1, 0, 4), InlineData(1, -1, 4)]
    public void A_history_that_contradicts_itself_is_refused_with_its_customer(int x, double last, double age) =>
        Assert.Equal(1, Assert.Throws<PurchaseHistoryException>(() => BgNbd.Fit(new PurchaseHistories([1, x], [3, last], [4, age]))).Row);

    [Theory]
    [InlineData(double.NaN, 4, 1), InlineData(1, double.PositiveInfinity, 2)]
    public void Times_that_are_no_numbers_are_refused_with_row_and_column(double last, double age, int column)
    {
        var refused = Assert.Throws<NotFiniteException>(() => ParetoNbd.Fit(new PurchaseHistories([1, 1], [3, last], [4, age])));
        Assert.Equal((1, column), (refused.Row, refused.Column));
    }

    [Fact]
    public void Donations_in_broken_years_are_refused() =>
        Assert.Equal(0, Assert.Throws<PurchaseHistoryException>(() => BgBb.Fit(new([1], [1.5], [4]))).Row);
}
