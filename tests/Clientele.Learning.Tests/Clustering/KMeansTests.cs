using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

public sealed class KMeansTests
{
    [Fact]
    public void Labels_are_nearest_centres_and_centres_are_means() => Prop.ForAll(Case.Any, c =>
    {
        var rows = c.Table();
        if (Distinct(rows) < c.Clusters)
            return true;
        var fit = KMeans.Fit(rows, new() { Clusters = c.Clusters, Restarts = 3, Seed = c.Seed });
        var means = Labeling.Of(rows, fit.Labels).Centroids(rows);
        double scale = rows.Values.Max(Math.Abs);
        return fit.Labels.SequenceEqual(KMeans.Assign(rows, fit.Centres).Labels)
            && fit.Labels.Distinct().Count() == c.Clusters
            && means.Values.Zip(fit.Centres.Values).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-12 * scale);
    }).Holds();

    [Fact]
    public void The_same_seed_gives_the_same_bits_on_any_number_of_threads()
    {
        // 40,000 rows: the searched sample, and blocks shared by threads.
        var random = new RandomStream(3);
        foreach (int n in new[] { 700, 40_000 })
        {
            var rows = new Matrix(n, 5, [.. Enumerable.Range(0, n * 5).Select(_ => random.Gaussian())]);
            var (one, four) = (Fit(1), Fit(4));
            Assert.Equal(one.Centres.Values, four.Centres.Values);
            Assert.Equal(one.Labels, four.Labels);
            Assert.Equal(one.Inertia, four.Inertia);
            KMeansFit Fit(int threads) => KMeans.Fit(rows, new() { Clusters = 6, Restarts = 4, Threads = threads });
        }
    }

    [Fact]
    public void Equally_near_centres_leave_the_row_with_the_lowest()
    {
        var assigned = KMeans.Assign(new(1, 1, [0]), new(3, 1, [1, -1, 1]));
        Assert.Equal((0, 1.0, 1), (assigned.Labels[0], assigned.Distances[0], assigned.SecondNearest[0]));
    }

    [Fact]
    public void One_cluster_is_the_mean()
    {
        var fit = KMeans.Fit(new(3, 1, [0, 3, 6]), new() { Clusters = 1 });
        Assert.Equal((3.0, 18.0), (fit.Centres[0, 0], fit.Inertia));
    }

    [Fact]
    public void As_many_clusters_as_rows_leave_no_inertia() =>
        Assert.Equal(0, KMeans.Fit(new(5, 1, [0, 1, 5, 9, 100]), new() { Clusters = 5 }).Inertia);

    [Fact]
    public void Fewer_distinct_rows_than_clusters_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => KMeans.Fit(new(6, 1, [1, 1, 1, 2, 2, 2]), new() { Clusters = 3 }));
        Assert.StartsWith("3 clusters were asked for, but there are only 2 distinct rows.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN), InlineData(double.PositiveInfinity), InlineData(double.NegativeInfinity)]
    public void A_value_that_is_no_number_is_refused_with_its_place(double value)
    {
        var rows = new Matrix(4, 3) { [2, 1] = value };
        var error = Assert.Throws<NotFiniteException>(() => KMeans.Fit(rows, new() { Clusters = 2 }));
        Assert.Equal((2, 1), (error.Row, error.Column));
        Assert.Contains("row 2, column 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_restart_is_reported()
    {
        var seen = new List<KMeansProgress>();
        KMeans.Fit(Tables.Iris.Rows, new() { Clusters = 3, Restarts = 7 }, new Direct<KMeansProgress>(seen.Add));
        Assert.Equal(Enumerable.Range(1, 7), seen.Select(progress => progress.Finished));
    }

    [Fact]
    public void A_cancelled_fit_stops() =>
        Assert.Throws<OperationCanceledException>(() => KMeans.Fit(Tables.Iris.Rows, new() { Clusters = 3 }, cancel: new(canceled: true)));

    private static int Distinct(Matrix rows) => Enumerable.Range(0, rows.Rows).Select(i => string.Join(' ', rows.Row(i).ToArray())).Distinct().Count();

    private sealed class Direct<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
