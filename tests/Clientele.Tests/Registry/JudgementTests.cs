using Clientele.Registry;

namespace Clientele.Tests.Registry;

public sealed class JudgementTests
{
    private static readonly ModelFigures Usual = new(0.3, 0.8, 0.9, 0.1);
    private static readonly SegmentMoves Few = Moves(40), Many = Moves(60);

    public static TheoryData<string, ModelFigures, SegmentMoves> Worse => new()
    {
        { "silhouette", Usual with { Silhouette = 0.24 }, Few },
        { "least jaccard", Usual with { Jaccard = 0.49 }, Few },
        { "clv error", Usual with { ClvError = 1.0 }, Few },
        { "least share", Usual with { LeastShare = 0.009 }, Few },
        { "moved", Usual, Many },
        { "silhouette", Usual with { Silhouette = null }, Few },
        { "clv error", Usual with { ClvError = null }, Few },
    };

    [Theory, MemberData(nameof(Worse))]
    public void What_is_worse_in_one_thing_fails_at_that_gate_alone(string gate, ModelFigures challenger, SegmentMoves moves)
    {
        var judgement = Judgement.Of(1, 2, Usual, challenger, moves, new());

        Assert.False(judgement.Passed);
        Assert.Equal([gate], judgement.Gates.Where(each => !each.Passed).Select(each => each.Name));
    }

    [Fact]
    public void What_is_a_little_worse_in_everything_passes() =>
        Assert.True(Judgement.Of(1, 2, Usual, new(0.26, 0.51, 0.98, 0.011), Moves(50), new()).Passed);

    [Fact]
    public void What_neither_run_measured_is_no_obstacle() =>
        Assert.True(Judgement.Of(1, 2, new(0.3, null, null, 0.1), new(0.3, null, null, 0.1), Few, new()).Passed);

    [Fact]
    public void Limits_are_those_of_the_settings() =>
        Assert.True(Judgement.Of(1, 2, Usual, Usual, Many, new() { MostMoved = 0.6 }).Passed);

    private static SegmentMoves Moves(int percent) => new(100, percent, 0, 0, []);
}
