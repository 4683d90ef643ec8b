using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

public sealed class QuantileForestTests
{
    private static readonly double[] Levels = [.1, .5, .9];

    /// <summary>Spread grows with the first column: y = x₁ + (.2 + x₁)·ε.</summary>
    [Fact]
    public void A_share_of_new_rows_lies_below_each_quantile()
    {
        var ((rows, target), (others, actual)) = (Simulated(3000, 1), Simulated(6000, 2));
        var forest = RandomForest.Fit(rows, target, new() { Loss = TreeLoss.Quantile(.5), MinLeafRows = 30 });
        var quantiles = forest.Quantiles(others, Levels);
        for (int l = 0; l < Levels.Length; l++)
        {
            double[] found = quantiles.Column(l);
            Assert.Equal(Levels[l], actual.Zip(found, (y, q) => y <= q ? 1.0 : 0).Average(), .025);
            // No prediction loses less than the true quantiles.
            double z = Levels[l] == .5 ? 0 : 1.2815515655446004 * Math.Sign(Levels[l] - .5);
            Assert.InRange(Pinball(found) / Pinball(others.Column(0).Select(x => x + (.2 + x) * z)), 1, 1.03);

            double Pinball(IEnumerable<double> predicted) => TestLoss.Pinball(Levels[l])(actual, new(actual.Length, 1, [.. predicted]));
        }
    }

    [Fact]
    public void It_is_the_quantile_of_the_targets_in_its_leaves() => Prop.ForAll(Case.Any, c =>
    {
        var (rows, target) = BoostingTests.Problem(TreeLoss.Squared, c);
        double[] weights = c.Weights(), levels = [.05, .3, .5, 2.0 / 3, .99];
        var forest = RandomForest.Fit(rows, target, new() { Loss = TreeLoss.Quantile(.3), Trees = 7, MinLeafRows = 1 + c.Clusters, Categorical = [0], Seed = c.Seed }, weights);
        var found = forest.Quantiles(rows, levels);
        double[] predicted = forest.Predict(rows), means = (forest with { Loss = TreeLoss.Squared }).Predict(rows);
        for (int i = 0; i < rows.Rows; i++)
        {
            // By the definition: the share of each target, over all trees.
            var shares = new double[rows.Rows];
            foreach (var (tree, members) in forest.Trees.Zip(forest.Targets!.Trees))
            {
                int leaf = tree.Leaf(CategoryCodes.Encode(rows, forest.Categories).Row(i));
                for (int m = members.Begins[leaf]; m < members.Begins[leaf + 1]; m++)
                    shares[members.Places[m]] += members.Shares[m] / forest.Trees.Count;
            }
            double[] cumulated = [.. shares.Select((_, place) => shares[..(place + 1)].Sum())];
            for (int l = 0; l < levels.Length; l++)
                if (found[i, l] != forest.Targets.Sorted[Array.FindIndex(cumulated, share => share >= levels[l] - 1e-9)])
                    return false;
            // The mean of the same shares is the forest's mean.
            if (predicted[i] != found[i, 1] || Math.Abs(shares.Zip(forest.Targets.Sorted, (share, y) => share * y).Sum() - means[i]) > 1e-9)
                return false;
        }
        return true;
    }).Holds(30);

    [Fact]
    public void Quantiles_never_cross()
    {
        var (rows, target) = Simulated(500, 3);
        var forest = RandomForest.Fit(rows, target, new() { Loss = TreeLoss.Quantile(.5), Trees = 20 });
        double[] levels = [.. Enumerable.Range(1, 99).Select(percent => percent / 100.0)];
        var quantiles = forest.Quantiles(rows, levels);
        Assert.All(Enumerable.Range(0, 500), i => Assert.Equal(quantiles.Row(i).ToArray().Order(), quantiles.Row(i).ToArray()));
    }

    [Fact]
    public void What_has_no_meaning_is_refused()
    {
        var (rows, target) = Simulated(50, 4);
        var mean = RandomForest.Fit(rows, target, new() { Trees = 3 });
        var median = RandomForest.Fit(rows, target, new() { Trees = 3, Loss = TreeLoss.Quantile(.5) });
        Assert.StartsWith("This forest keeps no targets to read quantiles from.", Assert.Throws<InvalidOperationException>(() => mean.Quantiles(rows, [.5])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => median.Quantiles(rows, [.5, 1]));
        Assert.StartsWith("A forest's quantile is no sum over its trees", Assert.Throws<InvalidOperationException>(() => Contributions.Of(median, rows)).Message, StringComparison.Ordinal);
        Assert.Equal(50, Contributions.Of(median with { Loss = TreeLoss.Squared }, rows).Values[0].Rows);
    }

    private static (Matrix Rows, double[] Target) Simulated(int n, ulong seed)
    {
        var random = new RandomStream(seed);
        var rows = new Matrix(n, 3, [.. Enumerable.Range(0, 3 * n).Select(_ => random.Unit())]);
        return (rows, [.. rows.Column(0).Select(x => x + (.2 + x) * random.Gaussian())]);
    }
}
