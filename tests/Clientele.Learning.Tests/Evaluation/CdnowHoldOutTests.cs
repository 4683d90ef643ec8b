using System.Globalization;

namespace Clientele.Learning.Tests;

/// <summary>The hold-out of CDNOW, 39 weeks after 39, all 2,357 customers: reference/science.md B2, to the digits printed there.</summary>
/// <remarks>
/// Its Gini and top shares take tied predictions in file order, its Gini less 1/n (the area by trapezia), its top tenth 236 whole rows. Ours average over ties
/// and have no 1/n: the printed figures follow from ours when ties are put in file order first.
/// </remarks>
public sealed class CdnowHoldOutTests
{
    private static readonly BgNbd Bg = new(.2425945224, 4.413602019, .7929220172, 2.4259067769);
    private static readonly MbgNbd Mbg = new(.5248431591, 6.1830852794, .8913593908, 1.6140022403);
    private static readonly ParetoNbd Pareto = new(.5532770468, 10.5776834632, .6062399892, 11.6687352909);

    [Theory]
    [InlineData("Pareto/NBD", .75452, 1.60285, .6302, .4597, .6726, 1665.5, .474)]
    [InlineData("MBG/NBD", .76478, 1.60718, .6273, .4500, .6635, 1576.7, .477)]
    [InlineData("BG/NBD", .78545, 1.60798, .6256, .4493, .6624, 1653.4, .470)]
    [InlineData("same count as calibration", .89733, 1.97105, .5772, .4878, .6401, 2457, .441)]
    [InlineData("own rate", 1.02367, 2.21192, .5839, .4898, .6514, 2930.1, .458)]
    public void Transactions_are_predicted_as_well_as_is_known(
        string predictor, double mae, double rmse, double correlation, double spearman, double gini, double total, double topTenth)
    {
        double[] actual = Future(), predicted = Predicted(predictor);
        var scores = RegressionScores.Of(actual, predicted);
        Assert.Equal(mae, scores.MeanAbsolute, 6e-6);
        Assert.Equal(rmse, scores.Rmse, 6e-6);
        Assert.Equal(correlation, scores.Correlation!.Value, 6e-5);
        Assert.Equal(spearman, Spearman.Score(actual, predicted)!.Value, 6e-5);
        Assert.Equal(total / 1882 - 1, scores.Bias!.Value, 6e-5);
        Assert.Equal(gini, PrintedGini(actual, predicted), 6e-5);
        Assert.Equal(topTenth, Gains.At(actual, InFileOrder(predicted), 236 / 2357.0).Held, 6e-4);
    }

    [Theory]
    [InlineData("BG/NBD", .66568, 1.722), InlineData("MBG/NBD", .66059, 1.717)]
    public void Medians_win_the_absolute_error_and_lose_the_squared(string predictor, double mae, double rmse)
    {
        IPurchaseModel model = predictor == "BG/NBD" ? Bg : Mbg;
        double[] medians = [.. PurchaseForecast.Medians(model, HistoryGroups.Of(Cdnow.Exact.Value.Histories), 39).Select(n => (double)n)];
        var scores = RegressionScores.Of(Future(), medians);
        Assert.Equal(mae, scores.MeanAbsolute, 6e-6);
        Assert.Equal(rmse, scores.Rmse, 6e-4);
    }

    [Theory]
    [InlineData("BG/NBD", .7569, .16122, .98446, .7790), InlineData("MBG/NBD", .7601, .16141, .98211, .7794)]
    public void Whether_they_buy_at_all_is_predicted_as_well_as_is_known(string predictor, double area, double brier, double logScore, double hits)
    {
        IPurchaseModel model = predictor == "BG/NBD" ? Bg : Mbg;
        var histories = Cdnow.Exact.Value.Histories;
        PurchaseLaw[] laws = [.. Enumerable.Range(0, histories.Count).Select(i => model.Law(histories[i], 39))];
        double[] actual = Future(), buys = [.. laws.Select(law => 1 - Probability(law, 0))];
        int[] labels = [.. actual.Select(n => n > 0 ? 1 : 0)];
        Assert.Equal(area, Roc.Area(labels, buys), 6e-5);
        Assert.Equal(brier, BrierScore.Score(labels, buys), 6e-6);
        Assert.Equal(logScore, laws.Zip(actual).Average(pair => -Math.Log(Probability(pair.First, (int)pair.Second))), 6e-6);
        Assert.Equal(hits, buys.Zip(labels).Average(pair => pair.First >= .5 == (pair.Second == 1) ? 1.0 : 0), 6e-5);
    }

    [Fact]
    public void Saying_zero_of_everyone_costs_the_known_errors()
    {
        double[] actual = Future();
        var scores = RegressionScores.Of(actual, new double[actual.Length]);
        Assert.Equal(.79847, scores.MeanAbsolute, 6e-6);
        Assert.Equal(2.20637, scores.Rmse, 6e-6);
        Assert.Null(scores.Correlation);
        Assert.Equal(-1, scores.Bias);
    }

    [Theory]
    [InlineData("Pareto/NBD", 29.4542, 72.1825, .5720, .4451, .6593, -.148)]
    [InlineData("MBG/NBD", 29.7100, 71.9462, .5672, .4296, .6379, -.195)]
    [InlineData("BG/NBD", 30.4079, 72.2989, .5647, .4264, .6379, -.156)]
    public void Spend_is_predicted_as_well_as_is_known(string predictor, double mae, double rmse, double correlation, double spearman, double gini, double bias)
    {
        GammaGamma spend = new(6.2495722713, 3.7442246672, 15.443520963);
        var cohort = Cdnow.Exact.Value;
        double[] actual = FutureSpend(), counts = Predicted(predictor);
        double[] predicted = [.. counts.Select((count, i) => count * spend.ExpectedSpend(cohort.Histories.Frequency[i], cohort.Spend[i]))];
        var scores = RegressionScores.Of(actual, predicted);
        Assert.Equal(70_976.39, actual.Sum(), .005);
        Assert.Equal(mae, scores.MeanAbsolute, 6e-5);
        Assert.Equal(rmse, scores.Rmse, 6e-5);
        Assert.Equal(correlation, scores.Correlation!.Value, 6e-5);
        Assert.Equal(spearman, Spearman.Score(actual, predicted)!.Value, 6e-5);
        Assert.Equal(bias, scores.Bias!.Value, 6e-4);
        Assert.Equal(gini, PrintedGini(actual, predicted), 6e-5);
    }

    private static double PrintedGini(double[] actual, double[] predicted)
    {
        double area = 1.0 / actual.Length;
        return (Gini.Score(actual, InFileOrder(predicted)) - area) / (Gini.Score(actual, actual) - area);
    }

    /// <summary>Predictions in the same order without ties: of equal ones the first in the file is the largest.</summary>
    private static double[] InFileOrder(double[] predicted)
    {
        double[] ranks = new double[predicted.Length];
        int[] order = [.. Enumerable.Range(0, predicted.Length).OrderByDescending(i => predicted[i])];
        for (int place = 0; place < order.Length; place++)
            ranks[order[place]] = -place;
        return ranks;
    }

    private static double Probability(PurchaseLaw law, int count) => law.ProbabilityAlive * law.WhileAlive.ElementAt(count) + (count == 0 ? 1 - law.ProbabilityAlive : 0);

    private static double[] Predicted(string predictor)
    {
        var histories = Cdnow.Exact.Value.Histories;
        return predictor switch
        {
            "same count as calibration" => [.. histories.Frequency.Select(x => (double)x)],
            "own rate" => [.. Enumerable.Range(0, histories.Count).Select(i => histories.Frequency[i] * 39 / histories.Tenure[i])],
            _ => PurchaseForecast.Of(predictor switch { "BG/NBD" => Bg, "MBG/NBD" => Mbg, _ => (IPurchaseModel)Pareto }, HistoryGroups.Of(histories), 39).Expected,
        };
    }

    private static double[] Future() => [.. Cdnow.Exact.Value.Future.Select(n => (double)n)];

    /// <summary>In the 39 weeks after the cut-off, customers in the order of the cohort.</summary>
    private static double[] FutureSpend() =>
    [
        .. File.ReadLines(Clientele.Tests.TestData.File_("btyd", "cdnow_sample_daily.csv")).Skip(1)
            .Select(line => line.Split(','))
            .GroupBy(line => line[0])
            .Select(lines => lines.Where(line => string.CompareOrdinal(line[1], "1997-09-30") > 0).Sum(line => double.Parse(line[3], CultureInfo.InvariantCulture))),
    ];
}
