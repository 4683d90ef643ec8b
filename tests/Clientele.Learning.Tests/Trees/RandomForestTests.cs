using System.Text.Json;
using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

public sealed class RandomForestTests
{
    /// <summary>reference/science.md D2: within 1 % of scikit-learn's forest, run on the same folds (of counts with its Poisson criterion).</summary>
    [Theory]
    [InlineData("diabetes"), InlineData("red"), InlineData("wine:brier"), InlineData("diabetes:poisson"), InlineData("counts")]
    public void Five_folds_lose_no_more_than_the_peers_forest(string name)
    {
        var table = TreeTable.Of(name);
        int classes = table.Loss == "brier" ? (int)table.Target.Max() + 1 : 0;
        var options = new RandomForestOptions
        {
            Trees = 200,
            Classes = classes,
            Loss = table.Loss == "poisson" ? TreeLoss.Poisson : TreeLoss.Squared,
            MinLeafRows = name == "counts" ? TreeTable.LeafOfCounts : 1,
        };
        double peer = table.Losses["forest"].Average()!.Value, ours = table.FiveFolds((rows, target) =>
        {
            var forest = RandomForest.Fit(rows, target, options);
            return classes == 0 ? test => new(test.Rows, 1, forest.Predict(test)) : test => forest.Probabilities(test);
        }, classes > 0 ? TestLoss.Brier : table.Loss == "poisson" ? TestLoss.PoissonDeviance : TestLoss.Rmse);
        Assert.True(ours <= 1.01 * peer, FormattableString.Invariant($"ours {ours}, the peer's {peer}"));
    }

    [Fact]
    public void No_class_is_impossible()
    {
        // reference/science.md D2: pure leaves give p = 0 and a log loss of .325 ± .132 on this fold.
        var table = TreeTable.Of("breast_cancer");
        var (test, _) = table.Fold(0, (rows, target) =>
        {
            var forest = RandomForest.Fit(rows, target, new() { Classes = 2, Trees = 300 });
            return test => forest.Probabilities(test);
        }, TestLoss.LogLoss);
        Assert.InRange(test, 0, .2);
    }

    [Fact]
    public void Threads_leave_no_trace_and_json_keeps_every_bit()
    {
        foreach (var loss in BoostingTests.Losses)
        {
            var (rows, target) = BoostingTests.Problem(loss, new(400, 5, 2, 0, 21));
            var options = Options(loss) with { Trees = 12, Categorical = [0] };
            var one = RandomForest.Fit(rows, target, options with { Threads = 1 });
            string json = JsonSerializer.Serialize(one);
            Assert.Equal(json, JsonSerializer.Serialize(RandomForest.Fit(rows, target, options with { Threads = 4 })));
            var again = JsonSerializer.Deserialize<RandomForestModel>(json)!;
            Assert.Equal(one.Predict(rows), again.Predict(rows, threads: 3));
            Assert.Equal(one.Predict(rows)[7], one.Predict(rows.Take([7]))[0]);
            if (options.Classes > 0)
                Assert.All(Enumerable.Range(0, 400), i => Assert.Equal(1, one.Probabilities(rows).Row(i).ToArray().Sum(), 1e-12));
        }
    }

    [Fact]
    public void Monotone_constraints_are_never_violated() => Prop.ForAll(Case.Any, c =>
    {
        foreach (var loss in new[] { TreeLoss.Squared, TreeLoss.Logistic, TreeLoss.Poisson, TreeLoss.Gamma, TreeLoss.Tweedie(1.5) })
        {
            // Column 0 holds categories; the target waves along column 1, so that a free forest would follow it up and down.
            var (rows, target) = BoostingTests.Problem(loss, c with { Rows = 200, Columns = 4, Exponent = 0 },
                row => Math.Sin(4 * row[1]) + row[2] * row[3]);
            double[] weights = [.. Enumerable.Range(0, 200).Select(i => 1.0 + i % 3)];
            var forest = RandomForest.Fit(rows, target, Options(loss) with { Trees = 8, Categorical = [0], Monotone = [0, 1, -1, 0] }, weights);
            var random = new RandomStream(c.Seed, 7);
            for (int probe = 0; probe < 40; probe++)
            {
                double a = random.Gaussian(), b = random.Gaussian(), z = random.Gaussian(), category = random.Below(6), low = Math.Min(a, b), high = Math.Max(a, b);
                var probes = new Matrix(4, 4, [category, low, z, z, category, high, z, z, category, z, low, z, category, z, high, z]);
                double[] p = loss.Kind == TreeLossKind.Logistic ? forest.Probabilities(probes).Column(1) : forest.Predict(probes);
                if (p[0] > p[1] || p[2] < p[3])
                    return false;
            }
        }
        return true;
    }).Holds(12);

    /// <summary>A forest pays for its order, its trees being held one by one; a booster, whose trees add up, does not (docs/learning/random-forest.md).</summary>
    [Fact]
    public void A_monotone_forest_still_learns_what_keeps_to_its_order()
    {
        var (all, target) = BoostingTests.Friedman(3000);
        int[] learning = [.. Enumerable.Range(0, 1500)], test = [.. Enumerable.Range(1500, 1500)];
        double spread = TestLoss.Rmse(target[1500..], new(1500, 1, [.. Enumerable.Repeat(target[..1500].Average(), 1500)]));
        double free = Forest([]), held = Forest([0, 0, 0, 1, 1]), against = Forest([0, 0, 0, -1, -1]);
        Assert.True(free < held && held < .5 * spread && against > 1.2 * held, FormattableString.Invariant($"free {free}, held {held}, against {against}, of a spread of {spread}"));
        Assert.True(Booster([0, 0, 0, 1, 1]) < Booster([]));

        double Forest(int[] monotone) => Rmse(RandomForest.Fit(all.Take(learning), target[..1500], new() { Trees = 20, Monotone = monotone }).Predict(all.Take(test)));
        double Booster(int[] monotone) => Rmse(Boosting.Fit(all.Take(learning), target[..1500], new() { Monotone = monotone }).Predict(all.Take(test)));
        double Rmse(double[] predicted) => TestLoss.Rmse(target[1500..], new(1500, 1, predicted));
    }

    [Fact]
    public void A_forest_of_counts_never_says_never()
    {
        // Nine of ten rows are 0: a forest of squared error has regions where every tree says 0.
        var random = new RandomStream(8);
        var rows = new Matrix(600, 2, [.. Enumerable.Range(0, 1200).Select(_ => random.Unit())]);
        double[] target = [.. Enumerable.Range(0, 600).Select(i => rows[i, 0] > .9 ? 1.0 + random.Below(3) : 0)];
        foreach (var loss in new[] { TreeLoss.Poisson, TreeLoss.Tweedie(1.3) })
            Assert.All(RandomForest.Fit(rows, target, new() { Trees = 20, Loss = loss }).Predict(rows), mean => Assert.True(mean > 0));
        Assert.Contains(RandomForest.Fit(rows, target, new() { Trees = 20 }).Predict(rows), mean => mean < 1e-12);
    }

    [Fact]
    public void The_unit_of_the_target_does_not_matter()
    {
        var (rows, target) = BoostingTests.Friedman(300);
        foreach (var loss in new[] { TreeLoss.Squared, TreeLoss.Poisson, TreeLoss.Gamma, TreeLoss.Tweedie(1.5), TreeLoss.Quantile(.5) })
        {
            double[] usual = Predicted(1);
            Assert.All(Predicted(Math.ScaleB(1, -60)).Zip(usual), pair => Assert.Equal(pair.Second, Math.ScaleB(pair.First, 60), 1e-9));
            Assert.All(Predicted(Math.ScaleB(1, 200)).Zip(usual), pair => Assert.Equal(pair.Second, Math.ScaleB(pair.First, -200), 1e-9));

            double[] Predicted(double unit) => RandomForest.Fit(rows, [.. target.Select(y => y * unit)], new() { Trees = 5, Loss = loss, MinLeafRows = 3 }).Predict(rows);
        }
    }

    [Fact]
    public void A_tree_of_all_rows_answers_as_the_rows_it_saw()
    {
        // Without repeats among the values every row ends alone: the mean over trees lies within the target's range, and near the row's own value.
        var (rows, target) = BoostingTests.Friedman(250);
        double[] answers = RandomForest.Fit(rows, target, new() { Trees = 60 }).Predict(rows);
        Assert.All(answers, answer => Assert.InRange(answer, target.Min(), target.Max()));
        Assert.InRange(TestLoss.Rmse(target, new(250, 1, answers)), 0, 1.2);
    }

    [Theory]
    [InlineData(-1, TreeLossKind.Poisson, 0, "The target of row 3 (counted from 0) is -1. The Poisson loss takes no negative target")]
    [InlineData(-1, TreeLossKind.Tweedie, 1.5, "The target of row 3 (counted from 0) is -1. The Tweedie loss takes no negative target")]
    [InlineData(0, TreeLossKind.Gamma, 0, "The target of row 3 (counted from 0) is 0. The Gamma loss takes only targets above 0")]
    [InlineData(-1, TreeLossKind.Gamma, 0, "The target of row 3 (counted from 0) is -1. The Gamma loss takes only targets above 0")]
    [InlineData(1e300, TreeLossKind.Quantile, .5, "The target of row 3 (counted from 0) is 1E+300, too large to be squared. Measure targets in larger units.")]
    public void A_target_that_cannot_be_is_named(double bad, TreeLossKind loss, double parameter, string message)
    {
        var error = Assert.Throws<ArgumentException>(() => RandomForest.Fit(new(5, 1), [1, 1, 1, bad, 1], new() { Loss = new(loss, parameter) }));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wish_that_cannot_be_is_refused()
    {
        Refused(new() { Loss = TreeLoss.Logistic }, "A forest has no Logistic loss. For classes set Classes");
        Refused(new() { Loss = TreeLoss.Gamma, Classes = 2 }, "Classes have no Gamma loss. Set Classes to 0 for amounts");
        Refused(new() { Loss = TreeLoss.Quantile(.5), Monotone = [1] }, "A forest keeps its means in order, which does not order its quantiles. Use boosting");
        Refused(new() { Classes = 3, Monotone = [1] }, "Probabilities of several classes share one sum and cannot be held monotone. Fit two classes");
        Refused(new() { Monotone = [1, 0] }, "Monotone has 2 entries for 1 columns");
        Refused(new() { Monotone = [1], Categorical = [0] }, "Monotone is 1 for column 0: it can be −1, 0 or 1, and only 0 for a column of categories.");

        static void Refused(RandomForestOptions options, string message) =>
            Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => RandomForest.Fit(new(3, 1), [0, 1, 2], options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_beyond_the_last_is_named()
    {
        var error = Assert.Throws<ArgumentException>(() => RandomForest.Fit(new(3, 1), [0, 1, 2], new() { Classes = 2 }));
        Assert.StartsWith("The target of row 2 (counted from 0) is 2. Classes are numbered 0 … 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_stops_when_asked()
    {
        var (rows, target) = BoostingTests.Friedman(2000);
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => RandomForest.Fit(rows, target, cancel: cancel.Token));
    }

    /// <summary>Options of a forest for the targets that a loss takes.</summary>
    internal static RandomForestOptions Options(TreeLoss loss) => loss.Kind switch
    {
        TreeLossKind.Logistic => new() { Classes = 2 },
        TreeLossKind.Softmax => new() { Classes = (int)loss.Parameter },
        _ => new() { Loss = loss },
    };
}
