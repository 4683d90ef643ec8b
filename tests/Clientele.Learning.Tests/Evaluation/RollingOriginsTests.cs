namespace Clientele.Learning.Tests;

public sealed class RollingOriginsTests
{
    private static readonly DateOnly[] Cutoffs = [new(2011, 7, 1), new(2011, 1, 1), new(2011, 4, 1), new(2011, 10, 1)];

    [Fact]
    public void A_model_learns_only_from_targets_that_were_complete_by_then()
    {
        // January's 90 days end on 1 April itself; April's 90 days end on 30 June, July's on 29 September.
        var results = RollingOrigins.Run(Cutoffs, 90, origins => string.Join(' ', origins.Select(o => o.Month)), (model, cutoff) => $"{model} → {cutoff.Month}");
        Assert.Equal(["1 → 4", "1 4 → 7", "1 4 7 → 10"], results.Select(r => r.Result));
        Assert.Equal([new(2011, 1, 1)], results[0].TrainedOn);
    }

    [Fact]
    public void A_long_horizon_leaves_fewer_origins_to_learn_from()
    {
        var results = RollingOrigins.Run(Cutoffs, 180, origins => origins.Count, (model, _) => model);
        Assert.Equal([(7, 1), (10, 2)], results.Select(r => (r.Cutoff.Month, r.Result)));
        Assert.Empty(RollingOrigins.Run(Cutoffs, 400, origins => origins.Count, (model, _) => model));
    }

    [Fact]
    public void A_model_of_the_past_alone_is_judged_at_every_origin() =>
        Assert.Equal([0, 1, 2, 3], RollingOrigins.Run(Cutoffs, 90, origins => origins.Count, (model, _) => model, leastOrigins: 0).Select(r => r.Model));

    [Fact]
    public void The_spread_over_origins_is_said()
    {
        var spread = RollingOrigins.Spread([1, 2, 3]);
        Assert.Equal((2, 1, 3), (spread.Mean, spread.Least, spread.Most));
        Assert.Equal(1, spread.Deviation!.Value, 1e-14);
        Assert.Null(RollingOrigins.Spread([4]).Deviation);
    }

    [Fact]
    public void A_cutoff_given_twice_is_refused() =>
        Assert.Throws<ArgumentException>(() => RollingOrigins.Run([Cutoffs[0], Cutoffs[0]], 90, origins => 0, (model, _) => 0));
}
