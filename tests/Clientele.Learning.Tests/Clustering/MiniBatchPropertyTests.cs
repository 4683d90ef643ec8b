using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

/// <summary>What must hold of k-means in batches whatever the rows (issue "The clustering core", must show 3).</summary>
public sealed class MiniBatchPropertyTests
{
    [Fact]
    public void A_centre_is_the_mean_of_all_rows_it_was_given() => Prop.ForAll(Case.Any, c =>
    {
        var (start, batch) = (Start(c), Rows(c, 8));
        var labels = KMeans.Labels(batch, start.Centres);
        var after = MiniBatchKMeans.Learn(start, batch);
        return Enumerable.Range(0, c.Clusters).All(k =>
        {
            int[] own = [.. Enumerable.Range(0, batch.Rows).Where(i => labels[i] == k)];
            return after.Seen[k] == start.Seen[k] + own.Length && Enumerable.Range(0, c.Columns).All(j =>
                Near((start.Seen[k] * start.Centres[k, j] + own.Sum(i => batch[i, j])) / after.Seen[k], after.Centres[k, j]));
        });
    }).Holds(50);

    [Fact]
    public void The_order_of_a_batch_does_not_matter() => Prop.ForAll(Case.Any, c =>
    {
        var (start, batch) = (Start(c), Rows(c, 8));
        var (plain, mixed) = (MiniBatchKMeans.Learn(start, batch), MiniBatchKMeans.Learn(start, batch.Take(new RandomStream(c.Seed, 5).Permutation(batch.Rows))));
        return plain.Seen.SequenceEqual(mixed.Seen) && plain.Centres.Values.Zip(mixed.Centres.Values).All(pair => Near(pair.First, pair.Second));
    }).Holds(50);

    [Fact]
    public void A_power_of_two_scales_the_centres_and_changes_nothing_else() => Prop.ForAll(Case.Any, c =>
    {
        var (start, batch) = (Start(c), Rows(c, 8));
        foreach (double scale in (double[])[Math.ScaleB(1, 100), Math.ScaleB(1, -100)])      // 1e±30, exactly
        {
            var scaled = MiniBatchKMeans.Learn(start with { Centres = Times(start.Centres, scale) }, Times(batch, scale));
            if (!scaled.Centres.Values.SequenceEqual(Times(MiniBatchKMeans.Learn(start, batch).Centres, scale).Values))
                return false;
        }
        return true;
    }).Holds(50);

    [Fact]
    public void A_row_given_three_times_counts_three() => Prop.ForAll(Case.Any, c =>
    {
        var (start, batch) = (Start(c), Rows(c, 8));
        var once = MiniBatchKMeans.Learn(start, batch);
        var thrice = MiniBatchKMeans.Learn(start, batch.Take([.. Enumerable.Range(0, batch.Rows).SelectMany(i => Enumerable.Repeat(i, 3))]));
        return Enumerable.Range(0, c.Clusters).All(k => thrice.Seen[k] - start.Seen[k] == 3 * (once.Seen[k] - start.Seen[k]));
    }).Holds(50);

    [Fact]
    public void Threads_leave_no_trace()
    {
        var random = new RandomStream(4);
        var rows = new Matrix(20_000, 3, [.. Enumerable.Range(0, 60_000).Select(_ => random.Gaussian())]);
        var start = MiniBatchKMeans.Start(rows, new() { Clusters = 5, Restarts = 1 });
        Assert.Equal(MiniBatchKMeans.Learn(start, rows, threads: 1).Centres.Values, MiniBatchKMeans.Learn(start, rows, threads: 4).Centres.Values);
    }

    [Fact]
    public void Degenerate_batches_are_answered_or_refused()
    {
        var start = MiniBatchKMeans.Start(new(3, 2, [0, 7, 10, 7, 11, 7]), new() { Clusters = 2 });      // a constant column
        var after = MiniBatchKMeans.Learn(start, new(1, 2, [0, 7]));                                        // one row
        Assert.Equal([0, 10.5], Enumerable.Range(0, 2).Select(c => after.Centres[c, 0]).Order());
        Assert.All(Enumerable.Range(0, 2), c => Assert.Equal(7, after.Centres[c, 1]));
        Assert.Equal(4, after.Seen.Sum());
        Assert.Equal(after.Centres.Values, MiniBatchKMeans.Learn(after, new(0, 2)).Centres.Values);         // none
        Assert.Throws<ArgumentOutOfRangeException>(() => MiniBatchKMeans.Start(new(1, 1, [1]), new() { Clusters = 2 }));
        Assert.Throws<ArgumentException>(() => MiniBatchKMeans.Start(new(3, 1, [1, 1, 1]), new() { Clusters = 2 }));
        Assert.Throws<ArgumentException>(() => MiniBatchKMeans.Start(new(2, 1, [1, 2]), new() { Clusters = 2, Weights = [1, 2] }));
        var error = Assert.Throws<NotFiniteException>(() => MiniBatchKMeans.Learn(start, new(2, 2, [1, 2, 3, double.PositiveInfinity])));
        Assert.Equal((1, 1), (error.Row, error.Column));
    }

    private static MiniBatchState Start(Case c) => MiniBatchKMeans.Start(Rows(c, 7), new() { Clusters = c.Clusters, Restarts = 1, Seed = c.Seed });

    private static Matrix Rows(Case c, int task)
    {
        var random = new RandomStream(c.Seed, task);
        return new(c.Rows, c.Columns, [.. Enumerable.Range(0, c.Rows * c.Columns).Select(_ => random.Gaussian())]);
    }

    private static Matrix Times(Matrix rows, double scale) => new(rows.Rows, rows.Columns, [.. rows.Values.Select(x => x * scale)]);

    private static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-10;
}
