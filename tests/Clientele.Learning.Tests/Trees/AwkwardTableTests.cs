namespace Clientele.Learning.Tests;

/// <summary>Tables that nobody makes on purpose: trees answer them with numbers within reason.</summary>
public sealed class AwkwardTableTests
{
    private static readonly Dictionary<string, (Matrix Rows, double[] Column, double[]? Weights, bool Names)> Tables = new()
    {
        ["one row"] = (new(1, 1, [3]), [1], null, false),
        ["a constant target"] = (Column(50, i => i), Fill(50, _ => 1), null, false),
        ["columns of one value"] = (new(50, 3), Fill(50, i => i % 2), null, false),
        ["a column without values"] = (Column(50, _ => double.NaN), Fill(50, i => i % 2), null, false),
        ["names without values"] = (Column(50, _ => double.NaN), Fill(50, i => i % 2), null, true),
        ["one row that counts"] = (Column(50, i => i), Fill(50, i => i % 2), Fill(50, i => i == 7 ? 1 : 0), false),
        ["weights far apart"] = (Column(50, i => i), Fill(50, i => i % 2), Fill(50, i => Math.Pow(10, i % 61 - 30)), false),
        ["ten thousand names, each once"] = (Column(10_000, i => i), Fill(10_000, i => i % 2), null, true),
        ["values at the ends of what numbers can say"] = (Column(50, i => (i % 2 == 0 ? 1 : -1) * double.MaxValue / (1 + i)), Fill(50, i => i % 2), null, false),
    };

    public static TheoryData<string> Names => [.. Tables.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_forest_answers_within_the_targets(string name)
    {
        var (rows, column, weights, names) = Tables[name];
        foreach (var loss in BoostingTests.Losses)
        {
            double[] target = Target(column, loss);
            var forest = RandomForest.Fit(rows, target, RandomForestTests.Options(loss) with { Trees = 5, Categorical = names ? [0] : [] }, weights);
            Assert.All(forest.Predict(rows), answer => Assert.InRange(answer, target.Min() - 1e-12, target.Max() + 1e-12));
            Assert.All(forest.GainImportance(), share => Assert.InRange(share, 0, 1));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_booster_answers_with_numbers(string name)
    {
        var (rows, column, weights, names) = Tables[name];
        foreach (var loss in BoostingTests.Losses)
        {
            var model = Boosting.Fit(rows, Target(column, loss), new() { Loss = loss, Rounds = 5, Categorical = names ? [0] : [] }, weights);
            Assert.All(model.Predict(rows), answer => Assert.InRange(answer, -1, 5));
            Assert.All(model.GainImportance(), share => Assert.InRange(share, 0, 1));
        }
    }

    [Fact]
    public void Targets_far_apart_are_still_told_apart()
    {
        var rows = Column(40, i => i);
        double[] target = Fill(40, i => i < 20 ? 1 : 1e9);
        foreach (var loss in new[] { TreeLoss.Squared, TreeLoss.Poisson, TreeLoss.Gamma, TreeLoss.Tweedie(1.5) })
        {
            double[] answers = RandomForest.Fit(rows, target, new() { Loss = loss, Trees = 5 }).Predict(rows);
            Assert.True(answers[5] < 1e-3 * answers[35]);
        }
    }

    [Theory, InlineData(-1), InlineData(double.NaN), InlineData(double.PositiveInfinity), InlineData(1e200), InlineData(1e-200)]
    public void A_weight_that_cannot_be_is_named(double weight)
    {
        var error = Assert.Throws<ArgumentException>(() => RandomForest.Fit(new(3, 1), [0, 1, 2], null, [1, weight, 1]));
        Assert.StartsWith("The weight of row 1 (counted from 0) is ", error.Message, StringComparison.Ordinal);
        Assert.Contains("Weights are 0, or between 1E-30 and 1E+30.", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("All weights are 0", Assert.Throws<ArgumentException>(() => Boosting.Fit(new(2, 1), [0, 1], null, [0, 0])).Message, StringComparison.Ordinal);
    }

    // Amounts of Gamma are above 0.
    private static double[] Target(double[] column, TreeLoss loss) => loss.Kind == TreeLossKind.Gamma ? Array.ConvertAll(column, y => y + 1) : column;

    private static Matrix Column(int rows, Func<int, double> value) => new(rows, 1, Fill(rows, value));

    private static double[] Fill(int rows, Func<int, double> value) => [.. Enumerable.Range(0, rows).Select(value)];
}
