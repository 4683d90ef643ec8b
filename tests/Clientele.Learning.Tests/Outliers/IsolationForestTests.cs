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
}
