namespace Clientele.Learning.Tests;

/// <summary>Golden values of reference/science.md B1.</summary>
public sealed class EvaluationGoldenTests
{
    private static readonly double[] Actual = [3, 0, 2, 7], Predicted = [2.5, .5, 2, 8];
    private static readonly int[] Labels = [0, 0, 1, 1, 0, 1, 0, 1];
    private static readonly double[] Scores = [.1, .4, .35, .8, .2, .9, .5, .6];

    [Fact]
    public void Amounts_have_the_known_losses()
    {
        // Printed there as .3061224650, which is off in the 9th digit: ½·(3·ln 1.2 + 7·ln .875 + 1).
        Assert.Equal((3 * Math.Log(1.2) + 7 * Math.Log(.875) + 1) / 2, TweedieDeviance.Score(Actual, Predicted, 1), 1e-14);
        Assert.Equal(.3061224650, TweedieDeviance.Score(Actual, Predicted, 1), 5e-9);
        Assert.Equal(.7333088290, TweedieDeviance.Score(Actual, Predicted, 1.5), 1e-10);
        Assert.Equal(.15, PinballLoss.Score(Actual, Predicted, .9), 1e-12);
        Assert.Equal(.6123724357, RegressionScores.Of(Actual, Predicted).Rmse, 1e-10);
    }

    [Fact]
    public void Labels_have_the_known_losses()
    {
        Assert.Equal(.4277035858, LogLoss.Score(Labels, Scores), 1e-10);
        Assert.Equal(.875, Roc.Area(Labels, Scores), 1e-12);
        Assert.Equal(.9166666667, PrecisionRecall.Area(Labels, Scores), 1e-10);
        Assert.Equal(.1365625, BrierScore.Score(Labels, Scores), 1e-12);
    }

    [Fact]
    public void Three_classes_have_the_known_log_loss() =>
        Assert.Equal(.4243218919, LogLoss.Score([0, 1, 2], new Matrix(3, 3, [.7, .2, .1, .1, .8, .1, .2, .3, .5])), 1e-10);

    [Fact]
    public void The_ranking_example_has_the_known_Gini()
    {
        double[] y = [0, 0, 1, 3, 10], p = [.1, .4, .2, 2, 1];
        Assert.Equal(.6285714286, Gini.Score(y, p), 1e-10);
        Assert.Equal(.8571428571, Gini.Score(y, y), 1e-10);
        Assert.Equal(.7333333333, Gini.Normalised(y, p), 1e-10);
    }
}
