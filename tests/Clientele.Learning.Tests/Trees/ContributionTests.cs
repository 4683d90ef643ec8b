using System.Numerics;
using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

public sealed class ContributionTests
{
    /// <summary>The tree of reference/science.md D1.</summary>
    private static readonly BoostingModel Printed = Alone(new(
        [0, 1, 2, -1, -1, -1, 1, -1, -1], [.5, .5, .5, 0, 0, 0, 1.5, 0, 0], [1, 3, 5, 0, 0, 0, 7, 0, 0],
        new bool[9], [-1, -1, -1, -1, -1, -1, -1, -1, -1], [], [0, 0, 0, 10, 20, 5, 0, 40, 60], [100, 40, 60, 30, 10, 20, 40, 25, 15], new double[9]), 3);

    [Theory]        // reference/science.md D1; (1, 2, 1) asks a column twice
    [InlineData(0, 0, 0, -4.25, -2.75, -8), InlineData(1, 1, 1, 8.333333333, -3.583333333, 10.25)]
    [InlineData(1, 2, 1, 11.888888889, 9.972222222, 13.138888889), InlineData(0, 1, 1, -12.5, 3.5, 4)]
    public void The_printed_tree_has_the_printed_contributions(double x0, double x1, double x2, double phi0, double phi1, double phi2)
    {
        var found = Contributions.Of(Printed, new(1, 3, [x0, x1, x2]));
        Assert.Equal(25, found.Base[0], 1e-12);
        Assert.All(found.Values[0].Values.Zip([phi0, phi1, phi2]), pair => Assert.Equal(pair.Second, pair.First, 1e-9));
    }

    [Fact]
    public void Random_trees_have_their_Shapley_values() => Prop.ForAll(Case.Any, c =>
    {
        var random = new RandomStream(c.Seed, 3);
        int columns = 1 + random.Below(8);
        var tree = RandomTree(random, columns, depth: 7);
        var row = new Matrix(1, columns, [.. Enumerable.Range(0, columns).Select(_ => random.Below(6) == 0 ? double.NaN : random.Unit())]);
        double[] found = Contributions.Of(Alone(tree, columns), row).Values[0].Values, brute = Shapley(tree, row.Values);
        return found.Zip(brute).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-9);
    }).Holds(200);

    [Fact]
    public void They_add_up_to_the_raw_score()
    {
        foreach (var loss in new[] { TreeLoss.Squared, TreeLoss.Gamma, TreeLoss.Quantile(.2), TreeLoss.Softmax(3) })
        {
            var (rows, target) = BoostingTests.Problem(loss, new(3000, 9, 2, 3, 17));
            var model = Boosting.Fit(rows, target, new() { Loss = loss, Categorical = [0], Rounds = 40 });
            AddUp(Contributions.Of(model, rows), model.Raw(rows), 1e-12);
        }
    }

    [Fact]
    public void They_add_up_on_a_hundred_thousand_random_rows()
    {
        var (rows, target) = BoostingTests.Friedman(2000);
        var model = Boosting.Fit(rows, target, new() { Rounds = 40 });
        var random = new RandomStream(12);
        var probes = new Matrix(100_000, 5, [.. Enumerable.Range(0, 500_000).Select(_ => random.Below(20) == 0 ? double.NaN : 1.2 * random.Unit() - .1)]);
        AddUp(Contributions.Of(model, probes), model.Raw(probes), 1e-12);
    }

    [Fact]
    public void They_add_up_to_a_forests_answer_through_deep_trees()
    {
        var (rows, target) = BoostingTests.Problem(TreeLoss.Softmax(3), new(1500, 12, 2, 0, 18));
        var classes = RandomForest.Fit(rows, target, new() { Classes = 3, Trees = 10, Categorical = [0] });
        AddUp(Contributions.Of(classes, rows), classes.Probabilities(rows), 1e-12);
        var amounts = RandomForest.Fit(rows, [.. target.Select(y => 1000 * y)], new() { Trees = 10 });
        AddUp(Contributions.Of(amounts, rows), new(rows.Rows, 1, amounts.Predict(rows)), 1e-12);
        foreach (var loss in new[] { TreeLoss.Poisson, TreeLoss.Gamma, TreeLoss.Tweedie(1.5) })
        {
            var means = RandomForest.Fit(rows, [.. target.Select(y => 1 + y)], new() { Trees = 10, Loss = loss, Categorical = [0] });
            AddUp(Contributions.Of(means, rows), new(rows.Rows, 1, means.Predict(rows)), 1e-12);
        }
    }

    [Fact]
    public void A_row_is_explained_the_same_alone_as_among_others_on_any_number_of_threads()
    {
        var (rows, target) = BoostingTests.Problem(TreeLoss.Squared, new(600, 6, 2, 0, 19));
        var model = Boosting.Fit(rows, target, new() { Rounds = 10 });
        var (one, four) = (Contributions.Of(model, rows, threads: 1).Values[0], Contributions.Of(model, rows, threads: 4).Values[0]);
        Assert.Equal(one.Values, four.Values);
        Assert.Equal(one.Row(123).ToArray(), Contributions.Of(model, rows.Take([123])).Values[0].Values);
    }

    [Fact]
    public void Gauss_points_integrate_polynomials_exactly()
    {
        for (int points = 1; points <= 40; points++)
        {
            var gauss = GaussRule.Of(points);
            for (int degree = 0; degree < 2 * points; degree++)
                Assert.Equal(1.0 / (degree + 1), gauss.Places.Zip(gauss.Weights, (t, w) => w * Math.Pow(t, degree)).Sum(), 1e-14);
        }
    }

    private static void AddUp(TreeContributions found, Matrix raw, double tolerance)
    {
        for (int i = 0; i < raw.Rows; i++)
            for (int k = 0; k < raw.Columns; k++)
            {
                double sum = found.Base[k], size = Math.Abs(sum);
                foreach (double value in found.Values[k].Row(i))
                    (sum, size) = (sum + value, size + Math.Abs(value));
                Assert.InRange(Math.Abs(sum - raw[i, k]), 0, tolerance * Math.Max(size, Math.Abs(raw[i, k])));
            }
    }

    private static BoostingModel Alone(DecisionTree tree, int columns) =>
        new(TreeLoss.Squared, [0], [.. Enumerable.Repeat<double[]>([], columns)], [tree], []);

    // Columns come up again on a path; some leaves hardly any row reached.
    private static DecisionTree RandomTree(RandomStream random, int columns, int depth)
    {
        var tree = new DecisionTreeBuilder(1);
        tree.Add(random.Gaussian());
        Grow(0, depth);
        return tree.Build();

        void Grow(int node, int left)
        {
            if (left == 0 || random.Below(5) == 0)
            {
                tree.SetCover(node, random.Below(4) == 0 ? 1e-6 : 1 + random.Below(50));
                return;
            }
            tree.Ask(node, random.Below(columns), random.Unit(), [], random.Below(2) == 0, 0);
            int child = tree.Add(10 * random.Gaussian());
            tree.Add(10 * random.Gaussian());
            Grow(child, left - 1);
            Grow(child + 1, left - 1);
        }
    }

    // By the definition: over all sets of known columns.
    private static double[] Shapley(DecisionTree tree, double[] row)
    {
        int d = row.Length;
        double[] worth = [.. Enumerable.Range(0, 1 << d).Select(known => Expected(0, known))];
        return [.. Enumerable.Range(0, d).Select(j => Enumerable.Range(0, 1 << d).Where(set => (set >> j & 1) == 0)
            .Sum(set => (worth[set | 1 << j] - worth[set]) * Weight(BitOperations.PopCount((uint)set))))];

        double Expected(int node, int known)
        {
            int feature = tree.Features[node], left = tree.Lefts[node];
            return feature < 0 ? tree.Values[node]
                : (known >> feature & 1) != 0 ? Expected(tree.GoesLeft(node, row[feature]) ? left : left + 1, known)
                : (tree.Covers[left] * Expected(left, known) + tree.Covers[left + 1] * Expected(left + 1, known)) / tree.Covers[node];
        }

        double Weight(int size) => 1 / (d * Enumerable.Range(1, size).Aggregate(1.0, (product, i) => product * (d - i) / i));
    }
}
