namespace Clientele.Learning.Tests;

/// <summary>Losses of reference/science.md D2, at the settings printed there. Row i is tested when i mod 5 = 0.</summary>
public sealed class BoostingGoldenTests
{
    // scikit-learn's settings are the defaults; XGBoost's:
    private static readonly BoostingOptions Levels = new()
    {
        Growth = TreeGrowth.LevelWise,
        Leaves = 0,
        Depth = 6,
        L2 = 1,
        MinLeafHessian = 1,
        MinLeafRows = 1,
    };

    // It doubles the hessian of softmax: the same trees with half of λ, of the least hessian and of the rate.
    private static readonly BoostingOptions SoftmaxLevels = Levels with { L2 = .5, MinLeafHessian = .5, LearningRate = .05, Rounds = 50 };

    private static readonly BoostingOptions Small = new() { LearningRate = .05, Leaves = 8 };

    /// <param name="train">The printed training loss, met within 5 %.</param>
    [Theory]
    [InlineData("diabetes", 21.2379), InlineData("diabetes small", 37.9552), InlineData("diabetes levels", 5.9083), InlineData("diabetes small levels", 39.2193)]
    [InlineData("breast_cancer levels", .0094106)]
    [InlineData("digits", .0005008)]
    [InlineData("wine", .0012133), InlineData("wine levels", .0250143), InlineData("iris", .0189957), InlineData("iris levels", .0368877)]
    [InlineData("diabetes:poisson", 3.2235), InlineData("diabetes:tweedie=1.5 small levels", .57855)]
    [InlineData("diabetes:pinball=.1", 5.3097), InlineData("diabetes:pinball=.5", 11.1969)]
    public void The_training_loss_is_the_printed_one(string what, double train)
    {
        var table = TreeTable.Of(what.Split(' ')[0]);
        bool small = what.Contains("small", StringComparison.Ordinal), levels = what.Contains("levels", StringComparison.Ordinal);
        var options = (table.Loss, levels) switch
        {
            ("softmax", false) => new() { Rounds = 50 },
            ("softmax", true) => SoftmaxLevels,
            (_, true) => small ? Levels with { Depth = 3, LearningRate = what.Contains("tweedie", StringComparison.Ordinal) ? .1 : .05 } : Levels,
            _ => small ? Small : new(),
        };
        var (fit, loss) = Of(table, options);
        Assert.InRange(table.Fold(0, fit, loss).Train / train, .95, 1.05);
    }

    /// <summary>
    /// Where the printed figure is one draw of many: breast cancer's .00055079 is one order of the columns, in nine others the peer's own loss runs to .00064, as
    /// its sums of single precision settle splits of equal gain by their last digit; and bins of two rows each differ by where their edges fall. So both sides
    /// are taken over several orders of rows and columns. (Printed, row i tested when i mod 5 = 0: .00055079, small .0151043, pinball .9 5.3308.)
    /// </summary>
    [Theory]
    [InlineData("breast_cancer"), InlineData("breast_cancer small"), InlineData("diabetes:pinball=.9")]
    public void The_training_loss_is_the_peers_over_several_orders(string what)
    {
        (double ours, double peer) = (0, 0);
        for (int shuffle = 1; shuffle <= TreeTable.Shuffles; shuffle++)
        {
            var table = TreeTable.Of($"{what}#{shuffle}");
            var (fit, loss) = Of(table, what.EndsWith("small", StringComparison.Ordinal) ? Small : new());
            (ours, peer) = (ours + table.Fold(0, fit, loss).Train, peer + table.Train["histgb"][0]!.Value);
        }
        Assert.InRange(ours / peer, .95, 1.05);
    }

    /// <summary>The peers run on the same folds; ours with the settings of each.</summary>
    [Theory]
    [InlineData("diabetes"), InlineData("breast_cancer"), InlineData("wine"), InlineData("friedman"), InlineData("red")]
    public void Five_folds_lose_no_more_than_the_better_peer(string name)
    {
        int rounds = name == "wine" ? 50 : 100;
        var table = TreeTable.Of(name);
        double peer = Math.Min(table.Losses["histgb"].Average()!.Value, table.Losses["xgboost"].Average()!.Value);
        double ours = Math.Min(FiveFolds(table, new() { Rounds = rounds }), FiveFolds(table, table.Loss == "softmax" ? SoftmaxLevels : Levels));
        Assert.True(ours <= 1.01 * peer, FormattableString.Invariant($"ours {ours}, the better peer's {peer}"));
    }

    [Theory]
    [InlineData("diabetes:poisson"), InlineData("diabetes:tweedie=1.5"), InlineData("diabetes:gamma"), InlineData("diabetes:pinball=.1"), InlineData("diabetes:pinball=.5"), InlineData("diabetes:pinball=.9")]
    public void Other_losses_keep_up_with_the_better_peer_too(string name)
    {
        var table = TreeTable.Of(name);
        double peer = table.Losses.Where(of => of.Key != "forest" && of.Value[0] is not null).Min(of => of.Value.Average()!.Value);
        double ours = Math.Min(FiveFolds(table, new()), FiveFolds(table, Levels));
        Assert.True(ours <= 1.01 * peer, FormattableString.Invariant($"ours {ours}, the better peer's {peer}"));
    }

    private static double FiveFolds(TreeTable table, BoostingOptions options)
    {
        var (fit, loss) = Of(table, options);
        return table.FiveFolds(fit, loss);
    }

    private static (Func<Matrix, double[], Func<Matrix, Matrix>> Fit, Func<double[], Matrix, double> Loss) Of(TreeTable table, BoostingOptions options)
    {
        string[] parts = table.Loss.Split('=');
        double parameter = parts.Length > 1 ? double.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : 0;
        (TreeLoss kind, Func<double[], Matrix, double> loss) = parts[0] switch
        {
            "squared" => (TreeLoss.Squared, TestLoss.Rmse),
            "logistic" => (TreeLoss.Logistic, TestLoss.LogLoss),
            "softmax" => (TreeLoss.Softmax((int)table.Target.Max() + 1), TestLoss.LogLoss),
            "poisson" => (TreeLoss.Poisson, TestLoss.PoissonDeviance),
            "gamma" => (TreeLoss.Gamma, TestLoss.GammaDeviance),
            "tweedie" => (TreeLoss.Tweedie(parameter), TestLoss.TweedieDeviance(parameter)),
            _ => (TreeLoss.Quantile(parameter), TestLoss.Pinball(parameter)),
        };
        return ((rows, target) =>
        {
            var model = Boosting.Fit(rows, target, options with { Loss = kind, Categorical = table.Categorical });
            return kind.Kind is TreeLossKind.Logistic or TreeLossKind.Softmax ? test => model.Probabilities(test) : test => new(test.Rows, 1, model.Predict(test));
        }, loss);
    }
}
