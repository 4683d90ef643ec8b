using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

public sealed class SeedingTests
{
    [Fact]
    public void What_is_left_is_the_weighted_square_of_the_distance_to_the_nearest_point() => Prop.ForAll(Case.Any, c =>
    {
        var rows = new LaneRows(c.Table(), c.Weights());
        int[] points = [.. Enumerable.Range(0, c.Clusters)];
        var approach = new Approach<double>(rows.Doubles, 1);
        foreach (int point in points)
            approach.Accept(rows.Row(point));
        double plain = Enumerable.Range(0, c.Rows).Sum(i => rows.View.Weight(i) * points.Min(point => LaneRows.SquaredDistance(rows.Row(i), rows.Row(point))));
        return Math.Abs(approach.Potential - plain) <= 1e-12 * plain;
    }).Holds();

    [Fact]
    public void Of_candidates_the_one_that_leaves_least_is_accepted() => Prop.ForAll(Case.Any, c =>
    {
        var rows = new LaneRows(c.Table());
        int[] candidates = [.. Enumerable.Range(0, 5).Select(i => (7 * i + 1) % c.Rows)];
        var approach = new Approach<double>(rows.Doubles, candidates.Length);
        approach.Accept(rows.Row(0));
        double[] left = [.. candidates.Select(Alone)];
        return left[Array.IndexOf(candidates, approach.AcceptBest(candidates))] <= left.Min() * (1 + 1e-12);

        double Alone(int candidate)
        {
            var alone = new Approach<double>(rows.Doubles, 1);
            alone.Accept(rows.Row(0));
            alone.Accept(rows.Row(candidate));
            return alone.Potential;
        }
    }).Holds();

    [Fact]
    public void A_draw_reaches_the_row_in_which_the_running_sum_passes_it()
    {
        var rows = new LaneRows(new(1000, 1, [.. Enumerable.Range(0, 1000).Select(i => (double)(i % 10))]));
        var approach = new Approach<float>(rows.Singles.Table, 1);
        approach.Accept([rows.Singles.Lanes[0]]);
        double unit = rows.Singles.Frame.Unit * rows.Singles.Frame.Unit;
        // Left are 0, 1, 4 … 81, again and again: 285 in ten rows.
        Assert.Equal(28_500 * unit, approach.Potential, 1e-3 * unit);
        Assert.Equal(1, approach.Reach(0));
        Assert.Equal(3, approach.Reach(13.5 * unit));
        Assert.Equal(555, approach.Reach((55 * 285 + 40) * unit));
        Assert.Equal(999, approach.Reach(approach.Potential));
    }

    [Theory]
    [InlineData(KMeansSeeding.Greedy), InlineData(KMeansSeeding.Oversampled)]
    public void Planted_blobs_are_found_from_either_seeding_on_any_threads(KMeansSeeding seeding)
    {
        var rows = Blobs(20, 100);
        var fits = new[] { 1, 4 }.Select(threads => KMeans.Fit(rows, new() { Clusters = 20, Restarts = 2, Seeding = seeding, Threads = threads })).ToList();
        Assert.Equal(fits[0].Centres.Values, fits[1].Centres.Values);
        Assert.Equal(fits[0].Labels, fits[1].Labels);
        Assert.Equal(1, AdjustedRand.Score([.. Enumerable.Range(0, 2000).Select(i => i % 20)], fits[0].Labels), 1e-12);
    }

    [Fact]
    public void Oversampled_starts_of_planted_blobs_are_no_worse_than_greedy_ones()
    {
        var rows = new LaneRows(Blobs(20, 100));
        double greedy = Enumerable.Range(0, 20).Average(i => Left(Seeding.Choose(rows, 20, new(1, i))));
        double oversampled = Enumerable.Range(0, 20).Average(i => Left(Oversampling.Choose(rows, 20, new(1, i))));
        Assert.True(oversampled < greedy, $"{oversampled} against {greedy}");

        double Left(double[] centres)
        {
            var approach = new Approach<double>(rows.Doubles, 1);
            for (int at = 0; at < centres.Length; at += rows.Columns)
                approach.Accept(centres.AsSpan(at, rows.Columns));
            return approach.Potential;
        }
    }

    [Fact]
    public void Oversampled_centres_lie_among_heavy_rows() => Prop.ForAll(Case.Any, c =>
    {
        var random = new RandomStream(c.Seed, 5);
        // Ten light rows at 0, ten at 1 that weigh as much as a million of them: the one centre is at 1.
        var rows = new Matrix(20, 1, [.. Enumerable.Range(0, 20).Select(i => i % 2 + 0.01 * random.Unit())]);
        double[] weights = [.. Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? 1.0 : 1e6)];
        return Math.Abs(Oversampling.Choose(new(rows, weights), 1, random)[0] - 1) < 0.02;
    }).Holds(20);

    [Fact]
    public void As_many_oversampled_centres_as_distinct_rows_are_those_rows() => Prop.ForAll(Case.Any, c =>
    {
        var rows = new Matrix(12, 1, [.. Enumerable.Range(0, 12).Select(i => (double)(i % 4))]);
        double[] centres = Oversampling.Choose(new(rows), 4, new(c.Seed, 6), exact: c.Seed % 2 == 0);
        return centres.Order().SequenceEqual([0, 1, 2, 3]);
    }).Holds(20);

    [Fact]
    public void A_seeding_that_is_none_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => KMeans.Fit(new(3, 1, [1, 2, 3]), new() { Clusters = 2, Seeding = (KMeansSeeding)7 }));

    private static Matrix Blobs(int clusters, int each)
    {
        var random = new RandomStream(13);
        double[] middles = [.. Enumerable.Range(0, clusters * 4).Select(_ => 20 * random.Gaussian())];
        return new(clusters * each, 4, [.. Enumerable.Range(0, clusters * each * 4).Select(i => middles[i / 4 % clusters * 4 + i % 4] + random.Gaussian())]);
    }
}
