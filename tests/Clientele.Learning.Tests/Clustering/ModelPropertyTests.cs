using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

/// <summary>What must hold of the other models whatever the rows (issue "The clustering core", must show 3); what else must, stands in their own tests.</summary>
public sealed class ModelPropertyTests
{
    [Fact]
    public void A_power_of_two_changes_no_label_of_a_mixture() => Prop.ForAll(Case.Any, c =>
    {
        var rows = Smooth(c);
        var options = new GaussianMixtureOptions { Components = Math.Min(c.Clusters, 4), Covariance = (MixtureCovariance)(c.Rows % 3), Restarts = 1, MaxIterations = 10, Seed = c.Seed };
        var scaled = options with { Ridge = options.Ridge * Power(c) * Power(c) };      // it is in squared units
        return GaussianMixture.Fit(rows, options).Labels.SequenceEqual(GaussianMixture.Fit(Times(rows, Power(c)), scaled).Labels);
    }).Holds(40);

    [Fact]
    public void A_power_of_two_changes_no_label_of_a_tree_medoids_or_prototypes() => Prop.ForAll(Case.Any, c =>
    {
        var rows = Smooth(c);
        var scaled = Times(rows, Power(c));
        int k = Math.Min(c.Clusters, 4);
        return Ward.Fit(rows, new() { Clusters = k }).Labels.SequenceEqual(Ward.Fit(scaled, new() { Clusters = k }).Labels)
            && KMedoids.Fit(rows, new() { Clusters = k, Seed = c.Seed }).Medoids.SequenceEqual(KMedoids.Fit(scaled, new() { Clusters = k, Seed = c.Seed }).Medoids)
            && Prototypes(rows, k, c.Seed).Labels.SequenceEqual(Prototypes(scaled, k, c.Seed).Labels);

        static KPrototypesFit Prototypes(Matrix rows, int k, ulong seed) => KPrototypes.Fit(rows, new() { Clusters = k, Categorical = [], Restarts = 2, Seed = seed });
    }).Holds(40);

    [Fact]
    public void Rows_in_another_order_have_prototypes_of_the_same_cost()
    {
        var rows = new Matrix(150, 5, [.. Enumerable.Range(0, 150).SelectMany(i => Tables.Iris.Rows.Row(i).ToArray().Append(i / 50))]);
        int[] order = new RandomStream(6).Permutation(150);
        double straight = Fit(rows).Cost;
        Assert.Equal(straight, Fit(rows.Take(order)).Cost, 1e-9 * straight);
        static KPrototypesFit Fit(Matrix rows) => KPrototypes.Fit(rows, new() { Clusters = 3, Categorical = [4], Restarts = 20 });
    }

    [Fact]
    public void Every_row_twice_leaves_the_clusters_and_doubles_what_they_cost()
    {
        var rows = Tables.Wine.Rows.Standardised();
        var twice = rows.Take([.. Enumerable.Range(0, rows.Rows).SelectMany(i => new[] { i, i })]);
        var start = GaussianMixture.Fit(rows, new() { Components = 3, Covariance = MixtureCovariance.Diagonal }).Model;
        var mixture = new GaussianMixtureOptions { Components = 3, Covariance = MixtureCovariance.Diagonal, Start = start, Tolerance = 1e-9, MaxIterations = 2000 };
        Assert.Equal(2 * GaussianMixture.Fit(rows, mixture).LogLikelihood, GaussianMixture.Fit(twice, mixture).LogLikelihood, 1e-6);
        double loss = KMedoids.Fit(rows, new() { Clusters = 3, Restarts = 10 }).Loss;
        Assert.Equal(2 * loss, KMedoids.Fit(twice, new() { Clusters = 3, Restarts = 10 }).Loss, 1e-9 * loss);
        double cost = KPrototypes.Fit(rows, new() { Clusters = 3, Categorical = [], Restarts = 20 }).Cost;
        Assert.Equal(2 * cost, KPrototypes.Fit(twice, new() { Clusters = 3, Categorical = [], Restarts = 20 }).Cost, 1e-9 * cost);
        int[] apart = Ward.Grow(rows).Cut(3), pairs = Ward.Grow(twice).Cut(3);
        Assert.Equal(1, AdjustedRand.Score(apart, [.. Enumerable.Range(0, rows.Rows).Select(i => pairs[2 * i])]), 0.15);      // pairs merge first, so later merges weigh otherwise
        Assert.All(Enumerable.Range(0, rows.Rows), i => Assert.Equal(pairs[2 * i], pairs[2 * i + 1]));
    }

    [Fact]
    public void A_forest_answers_constant_columns_and_a_sample_larger_than_the_table_and_refuses_a_row_alone()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => IsolationForest.Fit(new(1, 2, [1, 2])));
        var random = new RandomStream(3);
        var flat = new Matrix(60, 3, [.. Enumerable.Range(0, 180).Select(i => i % 3 == 1 ? 7.0 : random.Gaussian())]);
        flat[9, 0] = 40;
        double[] scores = IsolationForest.Fit(flat, new() { SampleSize = 256 }).Score(flat);
        Assert.All(scores, score => Assert.InRange(score, 0, 1));
        Assert.Equal(9, Array.IndexOf(scores, scores.Max()));
        Assert.Throws<NotFiniteException>(() => IsolationForest.Fit(flat).Score(new(1, 3, [1, double.NegativeInfinity, 2])));
    }

    // 1e±30, exactly.
    private static double Power(Case c) => Math.ScaleB(1, c.Exponent % 2 == 0 ? 100 : -100);

    private static Matrix Smooth(Case c)
    {
        var random = new RandomStream(c.Seed, 3);
        return new(c.Rows + 20, c.Columns, [.. Enumerable.Range(0, (c.Rows + 20) * c.Columns).Select(_ => random.Gaussian())]);
    }

    private static Matrix Times(Matrix rows, double scale) => new(rows.Rows, rows.Columns, [.. rows.Values.Select(x => x * scale)]);
}
