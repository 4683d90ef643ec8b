using Clientele.Learning;
using Clientele.Lifetime;

namespace Clientele.Tests.Lifetime;

public sealed class ContestVerdictTests
{
    private static readonly LifetimeSnapshot[] Cutoffs = [.. MadeUpShop.Open(customers: 150).Monthly(new(2021, 9, 1), count: 3, months: 3)];

    [Fact]
    public void Counting_rows_several_times_is_listing_them_several_times()
    {
        var now = Cutoffs[2];
        var random = new Random(11);
        var said = Noisy(now, spread: 2, seed: 1);
        int[] weights = [.. now.Customers.Select(_ => random.Next(4))];
        int[] listed = [.. weights.Index().SelectMany(row => Enumerable.Repeat(row.Index, row.Item))];
        double[] spend = now.Spend(), drawn = [.. listed.Select(i => spend[i])], mean = [.. listed.Select(i => said.Mean[i])], median = [.. listed.Select(i => said.Median[i])];

        Assert.Equal(RegressionScores.Of(drawn, mean).Rmse, Figure(ContestFigure.Rmse), 1e-9);
        Assert.Equal(RegressionScores.Of(drawn, median).MeanAbsolute, Figure(ContestFigure.MedianAbsolute), 1e-9);
        Assert.Equal(Gini.Normalised(drawn, mean), Figure(ContestFigure.Gini), 1e-12);
        Assert.Equal(Spearman.Score(drawn, mean)!.Value, Figure(ContestFigure.Spearman), 1e-12);

        double Figure(ContestFigure figure) => CutoffFigure.Of(figure, spend, said).Of(weights);
    }

    [Fact]
    public void A_model_that_knows_more_is_better_in_every_figure_and_one_that_knows_the_same_in_none()
    {
        var verdicts = new ContestVerdicts([.. Cutoffs.Select((now, i) => (now, (IReadOnlyDictionary<string, Forecast>)new Dictionary<string, Forecast>
        {
            ["knows"] = Noisy(now, spread: .2, seed: i), ["guesses"] = Noisy(now, spread: 3, seed: 10 + i), ["guesses too"] = Noisy(now, spread: 3, seed: 20 + i),
        }))]);

        var clear = verdicts.Of(_ => "knows", ["guesses"], []);
        Assert.Equal(4, clear.Count);
        Assert.All(clear, verdict => Assert.True(verdict is { Better: true, Worse: false, Kept: "knows" }));
        Assert.All(verdicts.Of(_ => "guesses", ["knows"], []), verdict => Assert.True(verdict is { Better: false, Worse: true, Kept: "knows" }));
        Assert.All(verdicts.Of(_ => "guesses", ["guesses too"], []), verdict => Assert.Equal("guesses too", verdict.Kept));
        Assert.Contains(verdicts.Of(_ => "knows", ["guesses"], ["guesses too"]), verdict => verdict.Rival == "guesses too");
    }

    private static Forecast Noisy(LifetimeSnapshot snapshot, double spread, int seed)
    {
        var random = new Random(seed);
        double[] said = [.. snapshot.Spend().Select(value => (Math.Max(0, value) + 5) * Math.Exp(spread * (random.NextDouble() - .5)) + spread * 20 * random.NextDouble())];
        return new(said, said);
    }
}
