using System.Text.Json;
using Clientele.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

public sealed class BoostingTests
{
    private static readonly BoostingOptions Quick = new() { Rounds = 12, Leaves = 6, MinLeafRows = 2 };

    [Fact]
    public void Threads_leave_no_trace()
    {
        var (rows, target) = Friedman(60_000);
        var options = new BoostingOptions { Rounds = 8, RowShare = .9, ColumnShare = .8, HoldOut = .1 };
        string[] models = [.. new[] { 1, 2, 8 }.Select(threads => JsonSerializer.Serialize(Boosting.Fit(rows, target, options with { Threads = threads })))];
        Assert.Equal(models[0], models[1]);
        Assert.Equal(models[0], models[2]);
    }

    [Fact]
    public void Each_round_sees_its_share_of_the_rows_and_each_tree_asks_its_share_of_the_columns()
    {
        var random = new RandomStream(16);
        var rows = new Matrix(2000, 10, [.. Enumerable.Range(0, 20_000).Select(_ => random.Gaussian())]);
        double[] target = [.. Enumerable.Range(0, 2000).Select(i => rows.Row(i).ToArray().Sum() + random.Gaussian())];
        var whole = Boosting.Fit(rows, target, new() { Rounds = 30 });
        var options = new BoostingOptions { Rounds = 30, RowShare = .4, ColumnShare = .3 };
        var sampled = Boosting.Fit(rows, target, options);

        Assert.All(whole.Trees, tree => Assert.Equal(2000, tree.Covers[0]));
        Assert.All(sampled.Trees, tree => Assert.Equal(800, tree.Covers[0]));
        Assert.All(sampled.Trees, tree => Assert.InRange(Asked(tree).Count(), 1, 3));
        Assert.Equal(10, sampled.Trees.SelectMany(Asked).Distinct().Count());      // another draw for each tree
        Assert.Contains(whole.Trees, tree => Asked(tree).Count() > 3);

        double[] predicted = sampled.Predict(rows);
        Assert.Equal(predicted, Boosting.Fit(rows, target, options with { Threads = 1 }).Predict(rows));
        Assert.NotEqual(predicted, Boosting.Fit(rows, target, options with { Seed = 7 }).Predict(rows));
        Assert.NotEqual(predicted, whole.Predict(rows));
        Assert.All(predicted, value => Assert.True(double.IsFinite(value)));
        // Half the variance of the target is explained at least: it has still learned.
        Assert.True(RegressionScores.Of(target, predicted).RSquared > .5);

        static IEnumerable<int> Asked(DecisionTree tree) => tree.Features.Where(feature => feature >= 0).Distinct();
    }

    [Fact]
    public void A_model_survives_json_to_the_bit() => Prop.ForAll(Kinds, Case.Any, (loss, c) =>
    {
        var (rows, target) = Problem(loss, c);
        var model = Boosting.Fit(rows, target, Quick with { Loss = loss, Categorical = [0] });
        var again = JsonSerializer.Deserialize<BoostingModel>(JsonSerializer.Serialize(model))!;
        return model.Predict(rows).SequenceEqual(again.Predict(rows)) && model.Raw(rows).Values.SequenceEqual(again.Raw(rows).Values);
    }).Holds(40);

    [Fact]
    public void A_row_is_predicted_the_same_alone_as_among_others() => Prop.ForAll(Kinds, Case.Any, (loss, c) =>
    {
        var (rows, target) = Problem(loss, c);
        var model = Boosting.Fit(rows, target, Quick with { Loss = loss, Categorical = [0] });
        // Enough rows for the vector code; alone, the plain one.
        var many = rows.Take([.. Enumerable.Range(0, 100).Select(i => i % rows.Rows)]);
        double[] together = model.Predict(many);
        return Enumerable.Range(0, 100).All(i => model.Predict(many.Take([i]))[0].Equals(together[i]));
    }).Holds(40);

    [Fact]
    public void Monotone_constraints_are_never_violated() => Prop.ForAll(Case.Any, c =>
    {
        var random = new RandomStream(c.Seed, 7);
        var rows = Holes(new(300, 3, [.. Enumerable.Range(0, 900).Select(_ => random.Gaussian())]), random);
        foreach (var loss in new[] { TreeLoss.Squared, TreeLoss.Logistic, TreeLoss.Poisson, TreeLoss.Quantile(.7) })
        {
            double[] target = [.. Enumerable.Range(0, 300).Select(i => Shape(Math.Sin(3 * Known(rows[i, 0])) + Known(rows[i, 1]) * Known(rows[i, 2]) + random.Gaussian(), loss))];
            var model = Boosting.Fit(rows, target, new() { Loss = loss, Rounds = 20, Leaves = 12, MinLeafRows = 3, Monotone = [1, -1, 0] });
            for (int probe = 0; probe < 20; probe++)
            {
                double a = random.Gaussian(), b = random.Gaussian(), z = random.Gaussian(), low = Math.Min(a, b), high = Math.Max(a, b);
                double[] p = model.Predict(new(4, 3, [low, z, z, high, z, z, z, low, z, z, high, z]));
                if (p[0] > p[1] || p[2] < p[3])
                    return false;
            }
        }
        return true;
    }).Holds(15);

    [Fact]
    public void Missing_values_go_where_they_lose_least()
    {
        // A missing value behaves as a large one in the first column, as a small one in the second.
        var random = new RandomStream(4);
        var rows = Holes(new(2000, 2, [.. Enumerable.Range(0, 4000).Select(_ => random.Below(100) / 100.0)]), random);
        double[] target = [.. Enumerable.Range(0, 2000).Select(i => (rows[i, 0] <= .6 ? 0 : 5) + (rows[i, 1] > .5 ? 3.0 : 0))];
        var model = Boosting.Fit(rows, target, new() { LearningRate = 1, Rounds = 3 });
        Assert.All(model.Predict(rows).Zip(target), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
    }

    [Fact]
    public void Categories_are_divided_at_one_question_where_numbers_need_many()
    {
        // Ten categories, odd ones high: 128 ways to cut numbers, one division of names.
        double[] codes = [.. Enumerable.Range(0, 1000).Select(i => (double)(i % 10))], target = [.. codes.Select(c => c % 2 == 0 ? 1.0 : 4)];
        var model = Boosting.Fit(new(1000, 1, codes), target, new() { Categorical = [0], LearningRate = 1, Rounds = 1, Leaves = 2 });
        Assert.All(model.Predict(new(1000, 1, codes)).Zip(target), pair => Assert.Equal(pair.Second, pair.First, 1e-9));
        Assert.Equal(model.Predict(new(1, 1, [double.NaN])), model.Predict(new(1, 1, [77])));
    }

    [Fact]
    public void A_weight_of_two_is_the_row_twice()
    {
        var (rows, target) = Friedman(400);
        double[] weights = [.. Enumerable.Range(0, 400).Select(i => i % 3 == 0 ? 2.0 : 1)];
        int[] twice = [.. Enumerable.Range(0, 400).SelectMany(i => Enumerable.Repeat(i, (int)weights[i]))];
        var options = new BoostingOptions { MinLeafRows = 1, MinLeafHessian = 20, Rounds = 20 };
        foreach (var loss in new[] { TreeLoss.Squared, TreeLoss.Gamma })
        {
            double[] weighted = Boosting.Fit(rows, target, options with { Loss = loss }, weights).Predict(rows);
            double[] repeated = Boosting.Fit(rows.Take(twice), [.. twice.Select(i => target[i])], options with { Loss = loss }).Predict(rows);
            // The bins see rows, not weights, so cuts differ a little.
            Assert.True(Math.Sqrt(weighted.Zip(repeated, (a, b) => (a - b) * (a - b)).Average()) < .35);
        }
    }

    [Fact]
    public void A_held_out_part_stops_it_at_its_best_round()
    {
        var random = new RandomStream(6);
        var rows = new Matrix(600, 5, [.. Enumerable.Range(0, 3000).Select(_ => random.Gaussian())]);
        double[] target = [.. Enumerable.Range(0, 600).Select(i => rows[i, 0] + 2 * random.Gaussian())];
        var model = Boosting.Fit(rows, target, new() { HoldOut = .25, Rounds = 500, Patience = 15 });
        int best = model.HeldOutLosses.ToList().IndexOf(model.HeldOutLosses.Min());
        Assert.Equal(best + 1, model.Trees.Count);
        Assert.Equal(best + 16, model.HeldOutLosses.Count);
    }

    [Theory]
    [InlineData(double.NaN, TreeLossKind.Squared, "The target of row 3 (counted from 0) is NaN. Remove the row or give it a number.")]
    [InlineData(-2, TreeLossKind.Poisson, "The target of row 3 (counted from 0) is -2. The Poisson loss takes no negative target: clip it to 0, leave the row out, or use the squared loss.")]
    [InlineData(0, TreeLossKind.Gamma, "The target of row 3 (counted from 0) is 0. The Gamma loss takes only targets above 0: leave the row out, or use Tweedie, which allows zeros.")]
    [InlineData(.5, TreeLossKind.Logistic, "The target of row 3 (counted from 0) is 0.5. The logistic loss takes 0 (no) or 1 (yes): recode the target, or use softmax for several classes.")]
    public void A_target_that_cannot_be_is_named(double bad, TreeLossKind loss, string message)
    {
        var error = Assert.Throws<ArgumentException>(() => Boosting.Fit(new(5, 1), [1, 1, 1, bad, 1], new() { Loss = new(loss) }));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Infinity_is_refused_and_a_missing_value_is_not()
    {
        var error = Assert.Throws<NotFiniteException>(() => Boosting.Fit(new(2, 2, [0, double.NaN, double.PositiveInfinity, 0]), [1, 2]));
        Assert.Equal((1, 0), (error.Row, error.Column));
    }

    [Fact]
    public void It_reports_every_round_and_stops_when_asked()
    {
        using var cancel = new CancellationTokenSource();
        var (rows, target) = Friedman(500);
        var rounds = new List<int>();
        var progress = new Immediately(report =>
        {
            rounds.Add(report.Round);
            if (report.Round == 3)
                cancel.Cancel();
        });
        Assert.ThrowsAny<OperationCanceledException>(() => Boosting.Fit(rows, target, progress: progress, cancel: cancel.Token));
        Assert.Equal([1, 2, 3], rounds);
    }

    [Fact]
    public void Gains_point_to_the_columns_that_matter()
    {
        var (rows, target) = Friedman(2000);
        var noise = new Matrix(2000, 6);
        var random = new RandomStream(9);
        for (int i = 0; i < 2000; i++)
        {
            rows.Row(i).CopyTo(noise.Row(i));
            noise[i, 5] = random.Unit();
        }
        var model = Boosting.Fit(noise, target, new() { Rounds = 30 });
        double[] gains = model.GainImportance();
        Assert.Equal(1, gains.Sum(), 1e-12);
        Assert.Equal(gains.Min(), gains[5]);
        double[] permuted = PermutationImportance.Of(noise, shuffled => TestLoss.Rmse(target, new(2000, 1, model.Predict(shuffled))));
        Assert.Equal(3, Array.IndexOf(permuted, permuted.Max()));
        Assert.InRange(permuted[5], -.01, .01);
    }

    private sealed class Immediately(Action<BoostingProgress> then) : IProgress<BoostingProgress>
    {
        public void Report(BoostingProgress value) => then(value);
    }

    /// <summary>Friedman-like rows of reference/science.md D2.</summary>
    internal static (Matrix Rows, double[] Target) Friedman(int n)
    {
        double[] steps = [.7548776662466927, .5698402909980532, .8191725133961645, .6710436067037893, .5497004779019703];
        var rows = new Matrix(n, 5, [.. Enumerable.Range(0, 5 * n).Select(at => (at / 5 + 1) * steps[at % 5] % 1)]);
        return (rows, [.. Enumerable.Range(0, n).Select(i =>
            10 * Math.Sin(Math.PI * rows[i, 0] * rows[i, 1]) + 20 * Math.Pow(rows[i, 2] - .5, 2) + 10 * rows[i, 3] + 5 * rows[i, 4])]);
    }

    internal static TreeLoss[] Losses { get; } =
        [TreeLoss.Squared, TreeLoss.Poisson, TreeLoss.Gamma, TreeLoss.Tweedie(1.5), TreeLoss.Quantile(.3), TreeLoss.Logistic, TreeLoss.Softmax(3)];

    private static Arbitrary<TreeLoss> Kinds => Gen.Elements(Losses).ToArbitrary();

    /// <summary>A random table with holes, categories in column 0, and a target that the loss can take.</summary>
    /// <param name="signal">Of a row without holes; null: its last value.</param>
    internal static (Matrix Rows, double[] Target) Problem(TreeLoss loss, Case c, Func<double[], double>? signal = null)
    {
        var random = new RandomStream(c.Seed, 5);
        var rows = Holes(c.Table(), random);
        for (int i = 0; i < rows.Rows; i++)
            rows[i, 0] = random.Below(5);
        signal ??= row => row[^1] / Math.Pow(10, c.Exponent);
        return (rows, [.. Enumerable.Range(0, rows.Rows).Select(i => Shape(signal(Array.ConvertAll(rows.Row(i).ToArray(), Known)) + random.Gaussian(), loss))]);
    }

    internal static double Shape(double value, TreeLoss loss) => loss.Kind switch
    {
        TreeLossKind.Logistic => value > 0 ? 1 : 0,
        TreeLossKind.Softmax => value < -.5 ? 0 : value < .5 ? 1 : 2,
        TreeLossKind.Gamma => Math.Exp(value),
        TreeLossKind.Poisson or TreeLossKind.Tweedie => Math.Max(0, Math.Round(2 * value)),
        _ => value,
    };

    private static double Known(double value) => double.IsNaN(value) ? 1 : value;

    private static Matrix Holes(Matrix rows, RandomStream random)
    {
        for (int at = 0; at < rows.Values.Length; at++)
            if (random.Below(8) == 0)
                rows.Values[at] = double.NaN;
        return rows;
    }
}
