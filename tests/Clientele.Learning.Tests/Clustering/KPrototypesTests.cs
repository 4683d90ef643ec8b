using System.Text.Json;
using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

public sealed class KPrototypesTests
{
    [Fact]
    public void Numbers_are_means_categories_are_modes_and_labels_are_nearest() => Prop.ForAll(Case.Any, c =>
    {
        var (rows, categorical) = Mixed(c);
        var fit = KPrototypes.Fit(rows, new() { Clusters = c.Clusters, Categorical = categorical, Restarts = 2, Seed = c.Seed, MaxIterations = 500 });
        var model = fit.Model;
        double cost = 0;
        for (int i = 0; i < rows.Rows; i++)
        {
            double[] all = [.. Enumerable.Range(0, c.Clusters).Select(p => Plain(rows, i, model.Prototypes, p, categorical, model.Gamma))];
            if (all[fit.Labels[i]] > all.Min() * (1 + 1e-12))
                return false;
            cost += all[fit.Labels[i]];
        }
        return Math.Abs(cost - fit.Cost) <= 1e-9 * cost && fit.Converged && Enumerable.Range(0, c.Clusters).All(p =>
        {
            int[] members = [.. Enumerable.Range(0, rows.Rows).Where(i => fit.Labels[i] == p)];
            return members.Length > 0 && Enumerable.Range(0, rows.Columns).All(j => categorical.Contains(j)
                ? model.Prototypes[p, j] == members.GroupBy(i => rows[i, j]).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).First().Key
                : Math.Abs(model.Prototypes[p, j] - members.Average(i => rows[i, j])) <= 1e-11 * (1 + Math.Pow(10, c.Exponent)));
        });
    }).Holds();

    [Fact]
    public void Without_categories_it_is_k_means()
    {
        var rows = Tables.Iris.Rows;
        double inertia = KMeans.Fit(rows, new() { Clusters = 3 }).Inertia;
        Assert.Equal(inertia, KPrototypes.Fit(rows, new() { Clusters = 3, Categorical = [], Restarts = 30 }).Cost, 1e-8);
    }

    [Fact]
    public void Without_numbers_it_counts_differing_categories()
    {
        // Two kinds of rows, one with a slip: its mode is still that of its kind.
        var rows = new Matrix(6, 3, [1, 2, 3, 1, 2, 3, 1, 2, 9, 4, 5, 6, 4, 5, 6, 4, 5, 6]);
        var fit = KPrototypes.Fit(rows, new() { Clusters = 2, Categorical = [0, 1, 2] });
        Assert.Equal((1.0, 1.0), (fit.Model.Gamma, fit.Cost));
        Assert.Equal([0, 0, 0, 1, 1, 1], fit.Labels.Select(label => label == fit.Labels[0] ? 0 : 1));
        Assert.Equal([1, 2, 3], fit.Model.Prototypes.Row(fit.Labels[0]).ToArray());
    }

    [Fact]
    public void Gamma_is_half_the_mean_deviation_unless_it_is_given()        // source: Huang (1998) §5.2 takes a third to two thirds of it
    {
        var rows = new Matrix(4, 3, [0, 0, 1, 2, 4, 2, 0, 0, 3, 2, 4, 4]);
        Assert.Equal((1 + 2) / 2.0 / 2, KPrototypes.Fit(rows, new() { Clusters = 1, Categorical = [2] }).Model.Gamma, 1e-15);
        Assert.Equal(7, KPrototypes.Fit(rows, new() { Clusters = 1, Categorical = [2], Gamma = 7 }).Model.Gamma);
    }

    [Fact]
    public void A_great_gamma_divides_by_category_and_none_by_numbers()
    {
        var random = new RandomStream(5);
        var rows = new Matrix(60, 2, [.. Enumerable.Range(0, 120).Select(i => i % 2 == 0 ? random.Gaussian() + i / 2 % 2 * 20 : i / 2 / 30)]);
        int[] byNumber = [.. Enumerable.Range(0, 60).Select(i => i % 2)], byCategory = [.. Enumerable.Range(0, 60).Select(i => i / 30)];
        Assert.Equal(1, AdjustedRand.Score(byNumber, KPrototypes.Fit(rows, new() { Clusters = 2, Categorical = [1], Gamma = 0.1 }).Labels));
        Assert.Equal(1, AdjustedRand.Score(byCategory, KPrototypes.Fit(rows, new() { Clusters = 2, Categorical = [1], Gamma = 1e5 }).Labels));
    }

    [Fact]
    public void Codes_may_be_renamed() => Prop.ForAll(Case.Any, c =>
    {
        var (rows, categorical) = Mixed(c);
        var renamed = new Matrix(rows.Rows, rows.Columns, [.. rows.Values]);
        foreach (int column in categorical)
            for (int i = 0; i < rows.Rows; i++)
                renamed[i, column] = 100 + 3 * rows[i, column];      // the order stays: of equally frequent codes the least is taken
        KPrototypesFit Fit(Matrix table) => KPrototypes.Fit(table, new() { Clusters = c.Clusters, Categorical = categorical, Restarts = 2, Seed = c.Seed });
        return Fit(rows).Labels.SequenceEqual(Fit(renamed).Labels);
    }).Holds(50);

    [Fact]
    public void The_same_bits_on_any_number_of_threads_and_through_json()
    {
        var (rows, categorical) = Mixed(new(500, 6, 5, 2, 77));
        KPrototypesFit Fit(int threads) => KPrototypes.Fit(rows, new() { Clusters = 5, Categorical = categorical, Threads = threads });
        var (one, four) = (Fit(1), Fit(4));
        Assert.Equal(one.Model.Prototypes.Values, four.Model.Prototypes.Values);
        Assert.Equal(one.Labels, four.Labels);
        Assert.Equal(one.Cost, four.Cost);
        var back = JsonSerializer.Deserialize<IClusterModel>(JsonSerializer.Serialize<IClusterModel>(one.Model))!;
        Assert.Equal(one.Model.Assign(rows).Distances, back.Assign(rows, threads: 3).Distances);
        Assert.Equal(one.Labels, back.Assign(rows).Labels);
    }

    [Fact]
    public void Degenerate_tables_are_answered_or_refused()
    {
        Assert.Equal(0, KPrototypes.Fit(new(1, 2, [3, 4]), new() { Clusters = 1, Categorical = [1] }).Cost);
        Assert.Equal(0, KPrototypes.Fit(new(4, 2, [.. Enumerable.Repeat(7.0, 8)]), new() { Clusters = 1, Categorical = [0] }).Cost);
        foreach (double scale in new[] { 1e-30, 1e30 })
        {
            var labels = KPrototypes.Fit(new(4, 2, [0, 1, scale, 1, 9 * scale, 1, 10 * scale, 1]), new() { Clusters = 2, Categorical = [1] }).Labels;
            Assert.Equal([0, 0, 1, 1], labels.Select(label => label == labels[0] ? 0 : 1));
        }
        Assert.Throws<ArgumentException>(() => KPrototypes.Fit(new(3, 2, [1, 1, 1, 1, 1, 1]), new() { Clusters = 2, Categorical = [0] }));
        Assert.Throws<ArgumentException>(() => KPrototypes.Fit(new(3, 2), new() { Clusters = 1, Categorical = [2] }));
        Assert.Throws<ArgumentException>(() => KPrototypes.Fit(new(3, 2), new() { Clusters = 1, Categorical = [], Gamma = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>(() => KPrototypes.Fit(new(2, 1, [1, 2]), new() { Clusters = 3, Categorical = [] }));
        Assert.Throws<NotFiniteException>(() => KPrototypes.Fit(new(1, 2, [1, double.NaN]), new() { Clusters = 1, Categorical = [1] }));
        Assert.Throws<OperationCanceledException>(() => KPrototypes.Fit(Tables.Iris.Rows, new() { Clusters = 2, Categorical = [] }, cancel: new(canceled: true)));
    }

    // Every other column holds one of three codes; the first is a number, and no two rows are the same.
    private static (Matrix Rows, int[] Categorical) Mixed(Case c)
    {
        var rows = (c with { Columns = c.Columns + 1 }).Table();
        int[] categorical = [.. Enumerable.Range(0, rows.Columns).Where(j => j % 2 == 1)];
        var random = new RandomStream(c.Seed, 2);
        for (int i = 0; i < rows.Rows; i++)
        {
            rows[i, 0] = random.Gaussian() * Math.Pow(10, c.Exponent);
            foreach (int column in categorical)
                rows[i, column] = random.Below(3);
        }
        return (rows, categorical);
    }

    private static double Plain(Matrix rows, int i, Matrix prototypes, int p, int[] categorical, double gamma) =>
        Enumerable.Range(0, rows.Columns).Sum(j => categorical.Contains(j) ? rows[i, j] == prototypes[p, j] ? 0 : gamma : Math.Pow(rows[i, j] - prototypes[p, j], 2));
}
