namespace Clientele.Learning.Tests;

/// <summary>Tibshirani &amp; Walther (2005), JCGS 14(3).</summary>
public sealed class PredictionStrengthTests
{
    [Fact]
    public void Both_directions_of_a_split_are_the_peers_by_counting_pairs()
    {
        var rows = Family.Planted(4).First().Rows(seed: 6).Take([.. Enumerable.Range(0, 120).Select(i => 5 * i)]);
        int[] order = new RandomStream(31).Permutation(rows.Rows);
        var ours = PredictionStrength.Split(rows, maxClusters: 4, starts: 60, seed: 31, default);
        double[][] peer = PeerScript.Ask<double[][]>("choice_evidence.py", new { what = "strength", most = 4, left = order[..60], right = order[60..] }, rows);
        for (int k = 2; k <= 4; k++)
        {
            Assert.Equal(peer[k - 2][0], ours[k - 2].Forth, 1e-12);
            Assert.Equal(peer[k - 2][1], ours[k - 2].Back, 1e-12);
        }
    }

    [Fact]
    public void The_largest_strong_k_is_picked()
    {
        var curve = new PredictionStrengthCurve([1, .95, .78, .85, .4], [0, .01, .03, .01, .3]);
        Assert.Equal((4, 2, 1), (curve.Pick(), curve.Pick(.9), curve.Pick(.97)));
    }

    [Fact]      // its §4.1: as many groups as were planted, and one of an even square
    public void Planted_groups_are_foretold_and_an_even_square_is_not()
    {
        Assert.Equal(5, PredictionStrength.Run(Family.Planted(5).First().Rows(seed: 2)).Pick());
        var square = PredictionStrength.Run(Family.Nulls.Skip(1).First().Rows(seed: 2));
        Assert.Equal((1, 1.0), (square.Pick(), square.Means[0]));
    }

    [Fact]
    public void It_is_the_strength_that_natural_groups_are_judged_by()
    {
        var rows = Family.Planted(3).Last().Rows(seed: 9);
        var curve = PredictionStrength.Run(rows, new() { MaxClusters = 6, Splits = 3, Threads = 1 });
        var evidence = NaturalGroups.Find(rows, new() { MaxClusters = 6, Splits = 3, References = 2 }).Evidence;
        Assert.Equal(curve.Means, evidence.Select(at => double.IsNaN(at.PredictionStrength) ? 1 : at.PredictionStrength));
        Assert.Equal(curve.Pick(), NaturalGroups.Find(rows, new() { MaxClusters = 6, Splits = 3, References = 2 }).Votes[0].Clusters);
    }

    [Fact]
    public void Of_many_groups_every_half_finds_them_all()       // plain starts put two centres on one group, and every other half foretold nothing
    {
        var random = new RandomStream(12);
        var rows = new Matrix(36 * 40, 2, [.. Enumerable.Range(0, 36 * 80).Select(i => random.Gaussian() + (i % 2 == 0 ? i / 80 / 6 : i / 80 % 6) * 8)]);
        var curve = PredictionStrength.Run(rows, new() { MaxClusters = 37, Splits = 2 });
        Assert.Equal(36, curve.Pick());
        Assert.InRange(curve.Means[35], .95, 1);
    }

    [Fact]
    public void What_cannot_be_asked_is_refused()
    {
        Assert.Throws<NotFiniteException>(() => PredictionStrength.Run(new(30, 1, [.. Enumerable.Repeat(double.NegativeInfinity, 30)])));
        Assert.Throws<ArgumentOutOfRangeException>(() => PredictionStrength.Run(new(19, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => PredictionStrength.Run(new(30, 1), new() { Splits = 0 }));
        Assert.Throws<OperationCanceledException>(() => PredictionStrength.Run(Tables.Iris.Rows, cancel: new(canceled: true)));
    }
}
