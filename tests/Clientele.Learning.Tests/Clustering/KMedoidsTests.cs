using System.Text.Json;
using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

public sealed class KMedoidsTests
{
    [Fact]
    public void No_exchange_of_one_medoid_for_one_row_is_better() => Prop.ForAll(Case.Any, c =>
    {
        var rows = c.Table();
        if (Distinct(rows) < c.Clusters)
            return true;
        var measure = (RowDistance)(c.Rows % 2);
        var fit = KMedoids.Fit(rows, new() { Clusters = c.Clusters, Distance = measure, Restarts = 2, Seed = c.Seed });
        double plain = Loss(rows, fit.Medoids, measure);
        return fit.Converged
            && Math.Abs(fit.Loss - plain) <= 1e-12 * plain
            && fit.Medoids.Distinct().Count() == c.Clusters
            && fit.Labels.SequenceEqual(fit.Model.Assign(rows).Labels)
            && Enumerable.Range(0, c.Clusters).All(m => Enumerable.Range(0, c.Rows).All(row =>
                Loss(rows, [.. fit.Medoids.Select((medoid, at) => at == m ? row : medoid)], measure) >= plain * (1 - 1e-11)));
    }).Holds(40);

    [Fact]
    public void Of_all_choices_of_medoids_restarts_find_the_best() => Prop.ForAll(Case.Any, c =>
    {
        var rows = (c with { Rows = 12 }).Table();
        int k = 1 + c.Clusters % 3;
        if (Distinct(rows) < k)
            return true;
        var measure = (RowDistance)(c.Columns % 2);
        double best = Choices(12, k).Min(medoids => Loss(rows, medoids, measure));
        return KMedoids.Fit(rows, new() { Clusters = k, Distance = measure, Restarts = 60, Seed = c.Seed }).Loss <= best * (1 + 1e-12);
    }).Holds(60);

    [Fact]
    public void A_wild_row_does_not_move_a_medoid()
    {
        // The mean of the second four is 13.25.
        var rows = new Matrix(7, 1, [0, 1, 2, 10, 11, 12, 20]);
        Assert.Equal([1, 11], KMedoids.Fit(rows, new() { Clusters = 2 }).Model.Medoids.Values.Order());
        Assert.Equal(11, KMedoids.Fit(rows.Take([3, 4, 5, 6]), new() { Clusters = 1 }).Model.Medoids[0, 0]);
    }

    [Fact]
    public void The_same_bits_on_any_number_of_threads_and_samples_of_many_rows()
    {
        var random = new RandomStream(8);
        var rows = new Matrix(4_000, 2, [.. Enumerable.Range(0, 8_000).Select(i => random.Gaussian() + i / 2 % 4 * 10)]);
        KMedoidsFit Fit(int threads) => KMedoids.Fit(rows, new() { Clusters = 4, Restarts = 3, SampleRows = 600, Threads = threads });
        var (one, four) = (Fit(1), Fit(4));
        Assert.Equal(one.Medoids, four.Medoids);
        Assert.Equal(one.Loss, four.Loss);
        Assert.Equal(1, AdjustedRand.Score(one.Labels, [.. Enumerable.Range(0, 4_000).Select(i => i % 4)]), 0.01);
    }

    [Fact]
    public void Rows_in_another_order_cost_the_same()
    {
        var rows = Tables.Wine.Rows.Standardised();
        int[] order = new RandomStream(3).Permutation(rows.Rows);
        double straight = KMedoids.Fit(rows, new() { Clusters = 3, Restarts = 10 }).Loss;
        Assert.Equal(straight, KMedoids.Fit(rows.Take(order), new() { Clusters = 3, Restarts = 10 }).Loss, 1e-9 * straight);
    }

    [Theory]
    [InlineData(1e-30), InlineData(1e30)]
    public void Any_magnitude_gives_the_same_medoids(double scale)
    {
        var rows = Tables.Iris.Rows;
        var scaled = new Matrix(rows.Rows, rows.Columns, [.. rows.Values.Select(value => value * scale)]);
        Assert.Equal(KMedoids.Fit(rows, new() { Clusters = 3 }).Loss, KMedoids.Fit(scaled, new() { Clusters = 3 }).Loss / scale, 1e-9);
    }

    [Fact]
    public void Degenerate_tables_are_answered_or_refused()
    {
        Assert.Equal(0, KMedoids.Fit(new(1, 2, [3, 4]), new() { Clusters = 1 }).Loss);
        Assert.Equal(0, KMedoids.Fit(new(4, 1, [1, 2, 3, 4]), new() { Clusters = 4 }).Loss);
        Assert.Equal(0, KMedoids.Fit(new(4, 2, [.. Enumerable.Repeat(7.0, 8)]), new() { Clusters = 1 }).Loss);
        Assert.Throws<ArgumentException>(() => KMedoids.Fit(new(4, 1, [1, 1, 1, 1]), new() { Clusters = 2 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => KMedoids.Fit(new(2, 1, [1, 2]), new() { Clusters = 3 }));
        var error = Assert.Throws<NotFiniteException>(() => KMedoids.Fit(new(2, 2, [1, 2, 3, double.NegativeInfinity]), new() { Clusters = 1 }));
        Assert.Equal((1, 1), (error.Row, error.Column));
        Assert.Throws<OperationCanceledException>(() => KMedoids.Fit(Tables.Iris.Rows, new() { Clusters = 2 }, cancel: new(canceled: true)));
    }

    [Fact]
    public void The_model_survives_json_to_the_bit()
    {
        foreach (var measure in Enum.GetValues<RowDistance>())
        {
            var model = KMedoids.Fit(Tables.Iris.Rows, new() { Clusters = 3, Distance = measure }).Model;
            var back = JsonSerializer.Deserialize<IClusterModel>(JsonSerializer.Serialize<IClusterModel>(model))!;
            Assert.Equal(model.Assign(Tables.Iris.Rows).Distances, back.Assign(Tables.Iris.Rows).Distances);
            Assert.Equal(model.Assign(Tables.Iris.Rows).SecondNearest, back.Assign(Tables.Iris.Rows).SecondNearest);
        }
    }

    private static double Loss(Matrix rows, IEnumerable<int> medoids, RowDistance measure)
    {
        double[][] at = [.. medoids.Select(medoid => rows.Row(medoid).ToArray())];
        return Enumerable.Range(0, rows.Rows).Sum(i => at.Min(medoid =>
        {
            var gaps = medoid.Zip(rows.Row(i).ToArray(), (x, y) => x - y);
            return measure == RowDistance.Manhattan ? gaps.Sum(Math.Abs) : Math.Sqrt(gaps.Sum(gap => gap * gap));
        }));
    }

    private static IEnumerable<int[]> Choices(int n, int k) =>
        k == 0 ? [[]] : Enumerable.Range(0, n).SelectMany(last => Choices(last, k - 1).Select(head => (int[])[.. head, last]));

    private static int Distinct(Matrix rows) => Enumerable.Range(0, rows.Rows).Select(i => string.Join(' ', rows.Row(i).ToArray())).Distinct().Count();
}
