using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

public sealed class IsolationForestTests
{
    [Theory]        // reference/science.md E, with scikit-learn's approximation of the harmonic number
    [InlineData(2, 1), InlineData(3, 1.207392357589623), InlineData(10, 3.748880484475504), InlineData(100, 8.364671030072245)]
    [InlineData(256, 10.244770920119917), InlineData(1000, 12.969940887100172)]
    public void The_average_path_is_the_published_one(int n, double path) => Assert.Equal(path, IsolationForest.AveragePath(n), 1e-9);

    [Fact]
    public void A_far_row_is_the_most_unusual()
    {
        var random = new RandomStream(5);
        var rows = new Matrix(500, 3, [.. Enumerable.Range(0, 1500).Select(_ => random.Gaussian())]);
        rows.Row(123).Fill(9);
        double[] scores = IsolationForest.Fit(rows).Score(rows);
        Assert.Equal(scores.Max(), scores[123]);
        Assert.InRange(scores[123], .7, 1);
        Assert.InRange(scores.Order().ElementAt(250), .38, .5);
    }

    [Fact]
    public void Threads_leave_no_trace()
    {
        var rows = Tables.BreastCancer.Rows;
        var (one, four) = (IsolationForest.Fit(rows, new() { Threads = 1 }), IsolationForest.Fit(rows, new() { Threads = 4 }));
        Assert.Equal(one.Score(rows, 1), four.Score(rows, 4));
    }

    [Fact]
    public void A_row_scores_the_same_alone_as_among_others()
    {
        var rows = Tables.Iris.Rows;
        var forest = IsolationForest.Fit(rows);
        Assert.Equal(forest.Score(rows)[77], forest.Score(rows.Take([77]))[0]);
    }

    [Fact]
    public void Rows_all_alike_are_all_usual() =>
        Assert.All(IsolationForest.Fit(new(10, 2)).Score(new(10, 2)), score => Assert.Equal(.5, score, 1e-12));

    [Fact]
    public void The_walk_abreast_is_the_walk_alone() => Prop.ForAll(Case.Any, c =>
    {
        var rows = c.Table();
        var forest = IsolationForest.Fit(rows, new() { Trees = 5, SampleSize = 2 + (int)(c.Seed % 40), Seed = c.Seed });
        var trees = new LevelForest(forest);
        return Enumerable.Range(0, trees.Trees).All(tree =>
        {
            var sums = new double[rows.Rows];
            trees.AddPaths(tree, rows.Values, sums);
            return sums.SequenceEqual(Enumerable.Range(0, rows.Rows).Select(i => forest.Trees[tree].Path(rows.Row(i))));
        });
    }).Holds();

    [Fact]
    public void Trees_walked_abreast_are_the_trees_walked_one_by_one() => Prop.ForAll(Case.Any, c =>
    {
        var rows = c.Table();
        var forest = IsolationForest.Fit(rows, new() { Trees = 1 + (int)(c.Seed % 19), SampleSize = 2 + (int)(c.Seed % 40), Seed = c.Seed });
        var trees = new LevelForest(forest);
        return Enumerable.Range(0, rows.Rows).All(i => trees.PathsOf(rows.Row(i)) == forest.Trees.Aggregate(0.0, (sum, tree) => sum + tree.Path(rows.Row(i))));
    }).Holds();

    [Fact]
    public void Samples_are_drawn_evenly_from_all_rows()
    {
        var rows = new Matrix(1000, 1, [.. Enumerable.Range(0, 1000).Select(i => (double)i)]);
        var cuts = IsolationForest.Fit(rows, new() { Trees = 400, SampleSize = 2 }).Trees.Select(tree => tree.Cuts[0]).ToArray();
        Assert.All(cuts, cut => Assert.InRange(cut, 0, 999));
        Assert.Equal(499.5, cuts.Average(), 45.0);        // a cut between two rows drawn at random: mean 499.5, deviation of 400 of them 13
    }

    [Fact]
    public void Tiny_and_huge_values_are_cut_alike()
    {
        var random = new RandomStream(3);
        double[] values = [.. Enumerable.Range(0, 600).Select(_ => random.Gaussian())];
        double[] plain = IsolationForest.Fit(new(300, 2, values)).Score(new(300, 2, values));
        foreach (double scale in new[] { Math.ScaleB(1, -100), Math.ScaleB(1, 100) })      // 1e∓30, exactly
        {
            var rows = new Matrix(300, 2, [.. values.Select(value => value * scale)]);
            Assert.Equal(plain, IsolationForest.Fit(rows).Score(rows));
        }
    }

    [Fact]
    public void A_tree_that_does_not_fit_the_table_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new IsolationForestModel(1, 2, [new([1, -1, -1], [0, 1, 1], [1, 0, 0])]).Score(new(1, 1)));
        Assert.Throws<ArgumentException>(() => new IsolationForestModel(1, 2, [new([0, -1, -1], [0, 1, 1], [2, 0, 0])]).Score(new(1, 1)));
        Assert.Throws<ArgumentException>(() => new IsolationForestModel(1, 2, [new([0, -1, -1], [0, 1, 1], [0, 0, 0])]).Score(new(1, 1)));
    }

    [Fact]
    public void Not_finite_values_are_refused_with_their_place()
    {
        var refused = Assert.Throws<NotFiniteException>(() => IsolationForest.Fit(new(2, 2, [1, 2, 3, double.NaN])));
        Assert.Equal((1, 1), (refused.Row, refused.Column));
    }
}
