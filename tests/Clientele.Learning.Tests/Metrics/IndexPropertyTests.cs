using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

/// <summary>What must hold of indices of separation whatever the rows (issue "The clustering core", must show 3).</summary>
public sealed class IndexPropertyTests
{
    [Fact]
    public void Units_do_not_matter() => Prop.ForAll(Case.Any, c =>
    {
        var (rows, labels) = (c.Table(), c.Labels());
        return ((double[])[Math.ScaleB(1, 100), Math.ScaleB(1, -100)]).All(scale =>        // 1e±30, exactly
        {
            var scaled = new Matrix(c.Rows, c.Columns, [.. rows.Values.Select(value => value * scale)]);
            return DaviesBouldin.Score(rows, labels) == DaviesBouldin.Score(scaled, labels) && CalinskiHarabasz.Score(rows, labels) == CalinskiHarabasz.Score(scaled, labels);
        });
    }).Holds(50);

    [Fact]
    public void Every_row_twice_leaves_Davies_Bouldin_and_agreement_with_labels() => Prop.ForAll(Case.Any, c =>
    {
        var (rows, labels) = (c.Table(), c.Labels());
        int[] twice = [.. Enumerable.Range(0, c.Rows).SelectMany(i => new[] { i, i })];
        double once = DaviesBouldin.Score(rows, labels), again = DaviesBouldin.Score(rows.Take(twice), [.. twice.Select(i => labels[i])]);
        return Math.Abs(once - again) <= 1e-9 * once
            && Math.Abs(NormalizedMutualInformation.Score(labels, c.Labels(2)) - NormalizedMutualInformation.Score([.. twice.Select(i => labels[i])], [.. twice.Select(i => c.Labels(2)[i])])) < 1e-10;
    }).Holds(50);

    [Fact]
    public void Rows_all_alike_constant_columns_and_a_row_alone_have_their_plain_answer()
    {
        int[] halves = [0, 0, 1, 1];
        Assert.Equal((0.0, 1.0), (DaviesBouldin.Score(new(4, 2), halves), CalinskiHarabasz.Score(new(4, 2), halves)));
        var flat = new Matrix(4, 2, [0, 7, 1, 7, 10, 7, 11, 7]);
        var plain = new Matrix(4, 1, [0, 1, 10, 11]);
        Assert.Equal(DaviesBouldin.Score(plain, halves), DaviesBouldin.Score(flat, halves));
        Assert.Equal(CalinskiHarabasz.Score(plain, halves), CalinskiHarabasz.Score(flat, halves));
        Assert.Equal(Silhouette.Score(plain, halves).Mean, Silhouette.Score(flat, halves).Mean);
        Assert.Equal(1, AdjustedRand.Score([3], [5]));
        Assert.Throws<ArgumentException>(() => DaviesBouldin.Score(new(1, 1), [0]));
        Assert.Throws<ArgumentException>(() => CalinskiHarabasz.Score(new(2, 1), [0, 0]));
    }

    [Theory, InlineData(double.NaN), InlineData(double.PositiveInfinity), InlineData(double.NegativeInfinity)]
    public void What_is_no_number_is_refused_with_its_place(double value)
    {
        var rows = new Matrix(3, 2) { [2, 1] = value };
        int[] labels = [0, 1, 1];
        foreach (Action score in (Action[])[
            () => DaviesBouldin.Score(rows, labels), () => CalinskiHarabasz.Score(rows, labels), () => Silhouette.Score(rows, labels),
            () => SampledSilhouette.Score(rows, labels, 2), () => BootstrapStability.Score(rows, labels), () => Hopkins.Score(rows, probes: 1),
            () => ClusterStudy.Run(rows, new() { MaxClusters = 2 })])
        {
            var error = Assert.Throws<NotFiniteException>(score);
            Assert.Equal((2, 1), (error.Row, error.Column));
        }
    }
}
