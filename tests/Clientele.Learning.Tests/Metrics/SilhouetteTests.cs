using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

/// <summary>What the layout in cells and tiles must not change.</summary>
public sealed class SilhouetteTests
{
    private static readonly Matrix Rows = Family.Planted(5).First().Rows(seed: 4);
    private static readonly int[][] Labelings = [.. Enumerable.Range(2, 9).Select(k => KMeans.Fit(Rows, new() { Clusters = k, Restarts = 1 }).Labels.ToArray())];

    [Fact]
    public void Many_labelings_at_once_score_as_one_at_a_time()
    {
        var together = Silhouette.Score(Rows, Labelings);
        foreach (var (labels, score) in Labelings.Zip(together))
            Assert.Equal(Silhouette.Score(Rows, labels).PerRow, score.PerRow, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Threads_leave_no_trace()
    {
        var one = Silhouette.Score(Rows, Labelings, threads: 1);
        var four = Silhouette.Score(Rows, Labelings, threads: 4);
        Assert.All(one.Zip(four), pair => Assert.Equal(pair.First.PerRow, pair.Second.PerRow));
    }

    [Fact]
    public void Single_precision_stays_within_its_bounds() => Prop.ForAll(Case.Any, c =>
    {
        var (rows, labels) = (c.Table(), c.Labels());
        var cells = LabelCells.Of(rows, [Labeling.Of(rows, labels)], mostCells: 1);
        double[][] single = DistanceSums<float>.Measure(cells, 1, default), full = DistanceSums<double>.Measure(cells, 1, default);
        double spread = full.Max(sums => sums.Max()) / c.Rows;
        return single.Zip(full).All(pair => pair.First.Zip(pair.Second, cells.Real).All(at => !at.Third || Math.Abs(at.First - at.Second) <= 1e-6 * c.Rows * spread));
    }).Holds();

    [Fact]
    public void A_large_table_in_single_precision_scores_as_in_double()
    {
        var random = new RandomStream(8);
        var rows = new Matrix(9000, 3, [.. Enumerable.Range(0, 27_000).Select(i => random.Gaussian() + (i / 3 % 3 == 0 ? 3 : 0))]);
        int[] labels = [.. Enumerable.Range(0, 9000).Select(i => i % 3)];
        var labeling = Labeling.Of(rows, labels);
        var cells = LabelCells.Of(rows, [labeling], mostCells: 1);
        double[] full = [.. Silhouette.Read(cells, DistanceSums<double>.Measure(cells, 0, default), labeling, 0).PerRow];
        var score = Silhouette.Score(rows, labels);
        Assert.Equal(full.Average(), score.Mean, 1e-9);
        Assert.Equal(full, score.PerRow, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Theory, InlineData(1e-30), InlineData(1e30), InlineData(1e-200), InlineData(1e200)]
    public void Units_do_not_matter(double unit)
    {
        var scaled = new Matrix(Rows.Rows, Rows.Columns, [.. Rows.Values.Select(value => value * unit)]);
        Assert.Equal(Silhouette.Score(Rows, Labelings[0]).Mean, Silhouette.Score(scaled, Labelings[0]).Mean, 1e-12);
    }

    [Fact]
    public void Rows_all_alike_score_0() => Assert.Equal(0, Silhouette.Score(new(40, 2), [.. Enumerable.Range(0, 40).Select(i => i % 2)]).Mean);

    [Fact]
    public void Tiles_allocate_nothing()
    {
        var cells = LabelCells.Of(Rows, [Labeling.Of(Rows, Labelings[0])], mostCells: 1);
        var sums = new DistanceSums<double>(cells);
        sums.Tile(0, 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        sums.Tile(0, 1);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_missing_value_is_named()
    {
        var error = Assert.Throws<NotFiniteException>(() => Silhouette.Score(new(3, 2, [0, 1, 2, double.NaN, 4, 5]), [0, 1, 1]));
        Assert.Equal((1, 1), (error.Row, error.Column));
    }

    [Fact]
    public void A_sample_of_all_rows_is_exact()
    {
        var sampled = SampledSilhouette.Score(Rows, Labelings[3], sampleRows: 10_000);
        Assert.Equal(Silhouette.Score(Rows, Labelings[3]).Mean, sampled.Mean, 1e-12);
        Assert.Equal((0, 600), (sampled.StandardError, sampled.Rows));
    }

    [Fact]
    public void A_sample_errs_as_it_says()
    {
        double exact = Silhouette.Score(Rows, Labelings[4]).Mean;
        double[] errors = [.. Enumerable.Range(0, 200).Select(seed => SampledSilhouette.Score(Rows, Labelings[4], 75, (ulong)seed, threads: 1)).Select(sampled => (sampled.Mean - exact) / sampled.StandardError)];
        Assert.InRange(errors.Average(), -.25, .25);
        Assert.InRange(Math.Sqrt(errors.Average(error => error * error)), .8, 1.25);
    }
}
