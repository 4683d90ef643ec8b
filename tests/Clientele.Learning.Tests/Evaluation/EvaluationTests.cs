using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

/// <summary>The measures beside their definitions written down plainly, with many ties.</summary>
public sealed class EvaluationTests
{
    [Fact]
    public void Gini_is_the_mean_over_the_orders_of_tied_rows() => Prop.ForAll(Case.Any, c =>
    {
        // Few rows, so that every order can be walked.
        var (y, p) = Tied(c with { Rows = 6 });
        double mean = Orders(6).Where(order => order.Zip(order.Skip(1)).All(pair => p[pair.First] >= p[pair.Second])).Average(order => PlainGini(y, order));
        return Near(mean, Gini.Score(y, p));
    }).Holds(40);

    [Fact]
    public void Spearman_is_Pearson_of_counted_ranks() => Prop.ForAll(Case.Any, c =>
    {
        var (y, p) = Tied(c);
        double[] Ranks(double[] v) => [.. v.Select(x => v.Count(other => other < x) + (v.Count(other => other == x) + 1) / 2.0)];
        double[] a = Ranks(y), b = Ranks(p);
        double ma = a.Average(), mb = b.Average();
        double plain = a.Zip(b, (x, z) => (x - ma) * (z - mb)).Sum() / Math.Sqrt(a.Sum(x => (x - ma) * (x - ma)) * b.Sum(z => (z - mb) * (z - mb)));
        return Spearman.Score(y, p) is { } score ? Near(plain, score) : double.IsNaN(plain);
    }).Holds();

    [Fact]
    public void Roc_area_counts_pairs() => Prop.ForAll(Case.Any, c =>
    {
        var (_, p) = Tied(c);
        int[] labels = Binary(c);
        var ones = p.Where((_, i) => labels[i] == 1).ToArray();
        var zeros = p.Where((_, i) => labels[i] == 0).ToArray();
        double won = ones.Sum(one => zeros.Sum(zero => one > zero ? 1 : one == zero ? .5 : 0)) / ((double)ones.Length * zeros.Length);
        double last = 0, lastX = 0, trapezoids = 0;
        foreach (var point in Roc.Curve(labels, p))
        {
            trapezoids += (point.FalsePositives - lastX) * (point.TruePositives + last) / 2;
            (lastX, last) = (point.FalsePositives, point.TruePositives);
        }
        return Near(won, Roc.Area(labels, p)) && Near(won, trapezoids);
    }).Holds();

    [Fact]
    public void Average_precision_is_its_definition() => Prop.ForAll(Case.Any, c =>
    {
        var (_, p) = Tied(c);
        int[] labels = Binary(c);
        double before = 0, plain = 0;
        foreach (double threshold in p.Distinct().OrderDescending())
        {
            double called = p.Count(score => score >= threshold), right = p.Where((score, i) => score >= threshold && labels[i] == 1).Count();
            plain += (right - before) / labels.Sum() * (right / called);
            before = right;
        }
        return Near(plain, PrecisionRecall.Area(labels, p));
    }).Holds();

    [Fact]
    public void The_order_of_rows_does_not_matter() => Prop.ForAll(Case.Any, c =>
    {
        c = c with { Rows = c.Rows + 10 };
        var (y, p) = Tied(c);
        int[] labels = Binary(c), order = new RandomStream(c.Seed, 9).Permutation(c.Rows);
        double[] ys = [.. order.Select(i => y[i])], ps = [.. order.Select(i => p[i])];
        int[] ls = [.. order.Select(i => labels[i])];
        var (chart, again) = (Deciles.Of(y, p), Deciles.Of(ys, ps));
        return Gini.Score(y, p) == Gini.Score(ys, ps) && Gini.Normalised(y, p) == Gini.Normalised(ys, ps)
            && Gains.Curve(y, p).SequenceEqual(Gains.Curve(ys, ps)) && chart.Bins.SequenceEqual(again.Bins)
            && Roc.Area(labels, p) == Roc.Area(ls, ps) && PrecisionRecall.Area(labels, p) == PrecisionRecall.Area(ls, ps)
            && Near(Spearman.Score(y, p) ?? 0, Spearman.Score(ys, ps) ?? 0) && Near(RegressionScores.Of(y, p).Rmse, RegressionScores.Of(ys, ps).Rmse);
    }).Holds();

    [Fact]
    public void Ranking_does_not_see_the_scale_of_predictions_nor_of_values() => Prop.ForAll(Case.Any, c =>
    {
        var (y, p) = Tied(c);
        double[] ys = [.. y.Select(value => 1024 * value)], ps = [.. p.Select(value => Math.Exp(value / 4))];
        int[] labels = Binary(c);
        return Near(Gini.Score(y, p), Gini.Score(ys, ps)) && Near(Spearman.Score(y, p) ?? 0, Spearman.Score(ys, ps) ?? 0)
            && Near(Gains.At(y, p, .3).Held, Gains.At(ys, ps, .3).Held) && Roc.Area(labels, p) == Roc.Area(labels, ps)
            && Near(1024 * RegressionScores.Of(y, p).Rmse, RegressionScores.Of(ys, [.. p.Select(value => 1024 * value)]).Rmse)
            && Near(RegressionScores.Of(y, p).RSquared ?? 0, RegressionScores.Of(ys, [.. p.Select(value => 1024 * value)]).RSquared ?? 0);
    }).Holds();

    [Fact]
    public void Deciles_keep_the_totals_and_fall_from_bin_to_bin() => Prop.ForAll(Case.Any, c =>
    {
        var (y, p) = Tied(c with { Rows = c.Rows + 10 });
        var chart = Deciles.Of(y, p);
        return Near(chart.Bins.Sum(bin => bin.Rows), y.Length) && Near(chart.Bins.Sum(bin => bin.Rows * bin.MeanActual), y.Sum())
            && Near(chart.Bins.Sum(bin => bin.Rows * bin.MeanPredicted), p.Sum())
            && chart.Bins.Zip(chart.Bins.Skip(1)).All(pair => pair.First.MeanPredicted >= pair.Second.MeanPredicted - 1e-9);
    }).Holds();

    [Fact]
    public void Deciles_of_distinct_predictions_are_plain_bins()
    {
        double[] p = [.. Enumerable.Range(0, 20).Select(i => (double)i)], y = [.. p.Select(value => 2 * value + 2)];
        var chart = Deciles.Of(y, p);
        Assert.Equal(new Decile(2, 39, 18.5), chart.Bins[0]);
        Assert.Equal(new Decile(2, 3, .5), chart.Bins[^1]);
        Assert.Equal(11.5, chart.AbsoluteError, 1e-12);
        Assert.Equal(Enumerable.Range(0, 10).Average(b => (2.5 + 2 * b) / (3 + 4 * b)), chart.PercentageError!.Value, 1e-12);
    }

    [Fact]
    public void Half_of_the_customers_taken_at_random_hold_half() =>
        Assert.Equal(new Gain(.5, .5, 1), Gains.At([4, 0, 2, 2], [1, 1, 1, 1], .5));

    [Fact]
    public void Calibration_compares_what_was_said_with_what_happened()
    {
        var curve = Calibration.Of([0, 1, 1, 1, 0], [.05, .95, 1, .32, .38]);
        Assert.Equal([new(1, .05, 0), new(2, .35, .5), new(2, .975, 1)], curve.Bins);
        Assert.Equal((.05 + 2 * .15 + 2 * .025) / 5, curve.Error, 1e-12);
    }

    [Fact]
    public void Percentages_leave_out_zeros_and_say_so()
    {
        var scores = RegressionScores.Of([0, 2, 4], [1, 1, 5]);
        Assert.Equal((.375, 2), (scores.AbsolutePercentage!.Value, scores.PercentageRows));
        Assert.Null(RegressionScores.Of([0, 0], [1, 2]).AbsolutePercentage);
        Assert.Null(RegressionScores.Of([0, 0], [1, 2]).RSquared);
        Assert.Null(RegressionScores.Of([0, 0], [1, 2]).Bias);
    }

    [Fact]
    public void What_is_no_number_is_refused()
    {
        Assert.Equal((1, 1), At(() => RegressionScores.Of([1, 2], [1, double.NaN])));
        Assert.Equal((0, 0), At(() => Gini.Score([double.PositiveInfinity, 2], [1, 2])));
        Assert.Equal((1, 1), At(() => Roc.Area([0, 1], [0, double.NaN])));
        Assert.Throws<ArgumentException>(() => Roc.Area([0, 0], [.1, .2]));
        Assert.Throws<ArgumentException>(() => Roc.Area([0, 2], [.1, .2]));
        Assert.Throws<ArgumentException>(() => Gini.Score([0, 0], [1, 2]));
        Assert.Throws<ArgumentException>(() => RegressionScores.Of([], []));
        Assert.Throws<ArgumentException>(() => TweedieDeviance.Score([1, 2], [1, 0], 1.5));
    }

    private static (int, int) At(Action scoring)
    {
        var refused = Assert.Throws<NotFiniteException>(scoring);
        return (refused.Row, refused.Column);
    }

    /// <summary>Values 0 … 4 and predictions 0 … 3, so that much ties; the first value is above 0.</summary>
    private static (double[] Actual, double[] Predicted) Tied(Case c)
    {
        var random = new RandomStream(c.Seed, 3);
        double[] y = [1, .. Enumerable.Range(1, c.Rows - 1).Select(_ => (double)random.Below(5))];
        return (y, [.. Enumerable.Range(0, c.Rows).Select(_ => (double)random.Below(4))]);
    }

    private static int[] Binary(Case c) => [.. c.Labels().Select(label => Math.Min(label, 1))];

    private static double PlainGini(double[] y, int[] order)
    {
        double held = 0, sum = 0;
        foreach (int row in order)
            sum += held += y[row];
        return 2 * sum / order.Length / y.Sum() - 1;
    }

    private static IEnumerable<int[]> Orders(int count) => count == 0
        ? [[]]
        : Orders(count - 1).SelectMany(order => Enumerable.Range(0, count).Select(at => (int[])[.. order[..at], count - 1, .. order[at..]]));

    private static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-9 * Math.Max(1, Math.Abs(a));
}
