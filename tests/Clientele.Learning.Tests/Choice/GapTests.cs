namespace Clientele.Learning.Tests;

/// <summary>Tibshirani, Walther &amp; Hastie (2001), JRSS B 63(2): the formula, both boxes, and three designs of its §5.</summary>
public sealed class GapTests
{
    private sealed record PeerGap(double[] Gaps, double[] Errors, int Pick);

    [Theory, InlineData(GapReference.RawAxes), InlineData(GapReference.PrincipalAxes), InlineData(GapReference.Gaussian)]
    public void The_curve_is_the_peers_on_the_same_references(GapReference kind)
    {
        var rows = ThreeInThePlane(new(3));
        const int most = 4, references = 8;
        var curve = GapStatistic.Run(rows, new() { MaxClusters = most, References = references, Reference = kind, Restarts = 30 });
        var sets = new ReferenceSets(rows);
        double[][] drawn = [.. Enumerable.Range(1, references).Select(set => sets.Draw(kind, new(RandomStream.Derive(42, set))).Values)];
        var peer = PeerScript.Ask<PeerGap>("choice_evidence.py", new { what = "gap", most, references = drawn }, rows);
        for (int k = 0; k < most; k++)
        {
            Assert.Equal(peer.Gaps[k], curve.Gaps[k], 2e-3);        // either may miss the best of a reference by a little
            Assert.Equal(peer.Errors[k], curve.Errors[k], 2e-3);
        }
        Assert.Equal(peer.Pick, curve.OneErrorPick());
    }

    [Fact]      // §3: the least k whose gap is not beaten by the next, less its error
    public void The_one_error_rule_takes_the_first_k_that_holds()
    {
        Assert.Equal(2, new GapCurve([0, .5, .52, .9], [.1, .1, .03, .1]).OneErrorPick());
        Assert.Equal(1, new GapCurve([.5, .4], [0, 0]).OneErrorPick());
        Assert.Equal(3, new GapCurve([0, .5, 1], [0, 0, 0]).OneErrorPick());
    }

    [Theory, InlineData(GapReference.RawAxes), InlineData(GapReference.PrincipalAxes)]      // §5, designs 1 and 2
    public void A_square_of_many_sides_is_one_group_and_three_clouds_are_three(GapReference kind)
    {
        Assert.True(Right(1, kind, random => Clouds.Of(random, 200, 10, r => r.Unit())) >= 9);
        Assert.True(Right(3, kind, ThreeInThePlane) >= 9);
    }

    [Fact]      // §5, design 5: the box of the columns is nearly empty around long clouds that lie aslant
    public void Two_long_clouds_aslant_are_two_only_beside_the_box_of_their_axes()
    {
        static Matrix Make(RandomStream random) => new(200, 3, [.. Enumerable.Range(0, 600).Select(i => i / 3 % 100 / 99.0 - .5 + (i / 300 * 10) + .1 * random.Gaussian())]);
        Assert.True(Right(2, GapReference.PrincipalAxes, Make) >= 9);
        Assert.True(Right(2, GapReference.RawAxes, Make) <= 1);
    }

    [Fact]
    public void Threads_leave_no_trace()
    {
        var rows = ThreeInThePlane(new(5));
        var (one, four) = (Run(1), Run(4));
        Assert.Equal(one.Gaps, four.Gaps);
        Assert.Equal(one.Errors, four.Errors);
        GapCurve Run(int threads) => GapStatistic.Run(rows, new() { MaxClusters = 5, References = 5, Threads = threads });
    }

    [Fact]
    public void What_cannot_be_asked_is_refused()
    {
        Assert.Equal((1, 0), Assert.Throws<NotFiniteException>(() => GapStatistic.Run(new(3, 1, [0, double.NaN, 1]))) is var error ? (error.Row, error.Column) : default);
        Assert.Throws<ArgumentOutOfRangeException>(() => GapStatistic.Run(new(9, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => GapStatistic.Run(new(50, 1), new() { References = 0 }));
        Assert.Throws<OperationCanceledException>(() => GapStatistic.Run(ThreeInThePlane(new(5)), cancel: new(canceled: true)));
        Assert.Equal(1, GapStatistic.Run(new(50, 2), new() { MaxClusters = 3 }).OneErrorPick());      // rows all alike
    }

    // 25, 25 and 50 rows around (0, 0), (0, 5) and (5, −3).
    private static Matrix ThreeInThePlane(RandomStream random) => new(100, 2, [.. Enumerable.Range(0, 200).Select(i =>
        random.Gaussian() + (i < 50 ? 0 : i < 100 ? 5 * (i % 2) : i % 2 == 0 ? 5 : -3))]);

    private static int Right(int clusters, GapReference kind, Func<RandomStream, Matrix> make) => Enumerable.Range(0, 10).Count(seed =>
        GapStatistic.Run(make(new((ulong)seed + 1)), new() { MaxClusters = 6, Reference = kind, Restarts = 5 }).OneErrorPick() == clusters);
}
