using System.Text.Json;
using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

/// <summary>Against the facts of reference/science.md B3.</summary>
public sealed class IntervalsTests
{
    [Theory]
    [InlineData(100, .8, .8020, .0395), InlineData(100, .95, .9505, .0215), InlineData(400, .8, .8005, .0199), InlineData(400, .95, .9501, .0109)]
    public void True_coverage_has_the_known_mean_and_spread(int rows, double coverage, double mean, double deviation)
    {
        // Errors uniform on 0 … 1: the true coverage of a margin is the margin.
        var random = new RandomStream(11, rows);
        const int trials = 4000;
        double[] held = [.. Enumerable.Range(0, trials).Select(_ => SplitConformal.Calibrate(
            [.. Enumerable.Range(0, rows).Select(_ => random.Unit() * (random.Below(2) == 0 ? 1 : -1))], new double[rows], new() { Coverage = coverage }).Pooled!.Value)];
        var (foundMean, foundDeviation) = Columnwise.Moments(held);
        Assert.Equal(mean, foundMean, 4 * deviation / Math.Sqrt(trials) + .0005);
        Assert.Equal(deviation, foundDeviation, .05 * deviation);
    }

    [Fact]
    public void Intervals_of_any_kind_cover_what_they_say()
    {
        var random = new RandomStream(13);
        double plain = 0, scaled = 0, quantiles = 0, quantilesByGroup = 0;
        double[] plainBy = new double[2], groupedBy = new double[2];
        const int trials = 40, rows = 1000;
        for (int trial = 0; trial < trials; trial++)
        {
            var (calibration, test) = (Draw(rows), Draw(rows));
            double[] zero = new double[rows];
            plain += Held(test, SplitConformal.Calibrate(calibration.Y, zero).Around(zero), plainBy);
            Held(test, SplitConformal.Calibrate(calibration.Y, zero, groups: calibration.Group).Around(zero, groups: test.Group), groupedBy);
            scaled += Held(test, SplitConformal.Calibrate(calibration.Y, zero, scales: calibration.Spread).Around(zero, test.Spread));
            double[] Low(double[] spread) => [.. spread.Select(s => -.5 * s)];
            quantiles += Held(test, ConformalQuantiles.Calibrate(calibration.Y, Low(calibration.Spread), calibration.Spread).Between(Low(test.Spread), test.Spread));
            quantilesByGroup += Held(test, ConformalQuantiles.Calibrate(calibration.Y, Low(calibration.Spread), calibration.Spread, null, calibration.Group)
                .Between(Low(test.Spread), test.Spread, test.Group));
        }
        Assert.All([plain, scaled, quantiles, quantilesByGroup], sum => Assert.Equal(.8, sum / trials, .02));
        // On average right, and wrong in both groups; group by group right.
        Assert.All(plainBy, sum => Assert.True(Math.Abs(sum / trials - .8) > .1));
        Assert.All(groupedBy, sum => Assert.Equal(.8, sum / trials, .02));

        (double[] Y, double[] Spread, int[] Group) Draw(int count)
        {
            int[] group = [.. Enumerable.Range(0, count).Select(i => i % 2)];
            double[] spread = [.. group.Select(g => g == 0 ? 1.0 : 4)];
            return ([.. spread.Select(s => s * random.Gaussian())], spread, group);
        }

        double Held((double[] Y, double[] Spread, int[] Group) test, PredictionInterval[] intervals, double[]? by = null)
        {
            var coverage = IntervalCoverage.Of(test.Y, intervals, test.Group);
            for (int g = 0; by is not null && g < 2; g++)
                by[g] += coverage.Groups[g].Coverage.Held;
            return coverage.All.Held;
        }
    }

    [Fact]
    public void At_least_the_stated_share_of_the_calibration_rows_themselves_is_held() => Prop.ForAll(Case.Any, c =>
    {
        double[] y = c.Table().Column(0), p = [.. y.Select(value => value / 2)];
        var margins = SplitConformal.Calibrate(y, p, new() { Coverage = .7 });
        var quantiles = ConformalQuantiles.Calibrate(y, p, [.. p.Select(value => value + 1)], new() { Coverage = .7 });
        return IntervalCoverage.Of(y, margins.Around(p)).All.Held >= .7 - 1e-12
            && IntervalCoverage.Of(y, quantiles.Between(p, [.. p.Select(value => value + 1)])).All.Held >= .7 - 1e-12;
    }).Holds();

    [Fact]
    public void The_order_of_rows_does_not_matter() => Prop.ForAll(Case.Any, c =>
    {
        double[] y = c.Table().Column(0), p = new double[c.Rows];
        int[] order = new RandomStream(c.Seed, 9).Permutation(c.Rows);
        return SplitConformal.Calibrate(y, p).Pooled == SplitConformal.Calibrate([.. order.Select(i => y[i])], p).Pooled;
    }).Holds();

    [Theory]
    [InlineData(3, null), InlineData(4, 4.0), InlineData(9, 8.0), InlineData(99, 80.0)]      // k = ⌈.8·(n+1)⌉
    public void The_margin_is_the_kth_smallest_error_or_infinite(int rows, double? margin)
    {
        double[] y = [.. Enumerable.Range(1, rows).Select(i => (double)i)];
        var margins = SplitConformal.Calibrate(y, new double[rows]);
        Assert.Equal(margin, margins.Pooled);
        if (margin is null)
            Assert.Equal(new PredictionInterval(double.NegativeInfinity, double.PositiveInfinity), margins.Around([1]).Single());
    }

    [Fact]
    public void Spend_is_never_said_to_be_below_zero()
    {
        var margins = SplitConformal.Calibrate([0, 5, 9, 2, 7], [1, 1, 1, 1, 1], new() { Floor = 0 });
        Assert.Equal(new PredictionInterval(0, 9), margins.Around([1]).Single());
        Assert.Equal(new PredictionInterval(0, 0), margins.Around([-20]).Single());
    }

    [Fact]
    public void A_margin_below_zero_draws_wide_quantiles_together()
    {
        double[] y = [.. Enumerable.Range(1, 99).Select(i => i / 100.0)];
        var margins = ConformalQuantiles.Calibrate(y, [.. y.Select(_ => -10.0)], [.. y.Select(_ => 10.0)]);
        Assert.True(margins.Pooled < -9);
        Assert.Equal(margins.Between([-10], [10]), margins.Between([10], [-10]));
        Assert.Equal(new PredictionInterval(1, 1), margins.Between([.5], [1.5]).Single());
    }

    [Fact]
    public void Small_and_unknown_groups_get_the_pooled_margin_and_it_is_said()
    {
        double[] y = [.. Enumerable.Range(0, 250).Select(i => i < 240 ? 1.0 : 9)];
        int[] groups = [.. Enumerable.Range(0, 250).Select(i => i < 240 ? 1 : 2)];
        var margins = SplitConformal.Calibrate(y, new double[250], null, null, groups);
        Assert.Equal([new(1, 240, 1, true), new(2, 10, 1, false)], margins.Groups);
        Assert.Equal(1, margins.Around([0, 0, 0], groups: [1, 2, 77]).Max(interval => interval.Upper));
    }

    [Fact]
    public void Groups_by_prediction_are_equal_shares_where_nothing_ties()
    {
        double[] predicted = [.. Enumerable.Range(0, 1000).Select(i => (i * 37 % 1000) / 10.0)];
        int[] groups = PredictionGroups.Fit(predicted).Of(predicted);
        Assert.All(groups.CountBy(group => group), group => Assert.Equal(100, group.Value));
        Assert.Equal([0, 9], PredictionGroups.Fit(predicted).Of([-5, 1e9]));
        Assert.Equal([1, 1], PredictionGroups.Fit([3, 3, 3]).Of([3, 4]));
    }

    [Fact]
    public void Margins_survive_json_to_the_bit()
    {
        var random = new RandomStream(2);
        double[] y = [.. Enumerable.Range(0, 600).Select(_ => random.Gaussian())];
        int[] groups = [.. Enumerable.Range(0, 600).Select(i => i % 3)];
        var margins = SplitConformal.Calibrate(y, new double[600], null, null, groups);
        var loaded = JsonSerializer.Deserialize<ConformalMargins>(JsonSerializer.Serialize(margins))!;
        Assert.Equal(margins.Around(y, groups: groups), loaded.Around(y, groups: groups));
        var predictionGroups = PredictionGroups.Fit(y);
        Assert.Equal(predictionGroups.Of(y), JsonSerializer.Deserialize<PredictionGroups>(JsonSerializer.Serialize(predictionGroups))!.Of(y));
    }

    [Fact]
    public void What_is_no_number_is_refused()
    {
        Assert.Throws<NotFiniteException>(() => SplitConformal.Calibrate([1, double.NaN], [1, 2]));
        Assert.Throws<NotFiniteException>(() => ConformalQuantiles.Calibrate([1, 2], [1, 2], [1, double.PositiveInfinity]));
        Assert.Throws<ArgumentException>(() => SplitConformal.Calibrate([1, 2], [1, 2], null, [1, 0]));
        Assert.Throws<ArgumentException>(() => SplitConformal.Calibrate([1, 2], [1, 2], null, [1, 1]).Around([1]));
    }
}
