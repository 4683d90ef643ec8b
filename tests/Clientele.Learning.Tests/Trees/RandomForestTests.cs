using System.Text.Json;

namespace Clientele.Learning.Tests;

public sealed class RandomForestTests
{
    /// <summary>reference/science.md D2: within 1 % of scikit-learn's forest, run on the same folds.</summary>
    [Theory]
    [InlineData("diabetes"), InlineData("red"), InlineData("wine:brier")]
    public void Five_folds_lose_no_more_than_the_peers_forest(string name)
    {
        var table = TreeTable.Of(name);
        var options = new RandomForestOptions { Trees = 200, Classes = table.Loss == "squared" ? 0 : (int)table.Target.Max() + 1 };
        double peer = table.Losses["forest"].Average()!.Value, ours = table.FiveFolds((rows, target) =>
        {
            var forest = RandomForest.Fit(rows, target, options);
            return options.Classes == 0 ? test => new(test.Rows, 1, forest.Predict(test)) : test => forest.Probabilities(test);
        }, options.Classes == 0 ? TestLoss.Rmse : TestLoss.Brier);
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
        foreach (var loss in new[] { BoostingLoss.Squared, BoostingLoss.Logistic, BoostingLoss.Softmax(3) })
        {
            var (rows, target) = BoostingTests.Problem(loss, new(400, 5, 2, 0, 21));
            var options = new RandomForestOptions { Trees = 12, Categorical = [0], Classes = loss.Kind == BoostingLossKind.Squared ? 0 : loss.Kind == BoostingLossKind.Logistic ? 2 : 3 };
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
    public void A_tree_of_all_rows_answers_as_the_rows_it_saw()
    {
        // Without repeats among the values every row ends alone: the mean over trees lies within the target's range, and near the row's own value.
        var (rows, target) = BoostingTests.Friedman(250);
        double[] answers = RandomForest.Fit(rows, target, new() { Trees = 60 }).Predict(rows);
        Assert.All(answers, answer => Assert.InRange(answer, target.Min(), target.Max()));
        Assert.InRange(TestLoss.Rmse(target, new(250, 1, answers)), 0, 1.2);
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
}
