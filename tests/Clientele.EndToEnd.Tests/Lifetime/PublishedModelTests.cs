using Clientele.Learning;
using Clientele.Lifetime;
using Clientele.Tests.Sources;

namespace Clientele.Tests.Lifetime;

/// <summary>System 002's published model, from raw orders. Source of all figures: its committed model and README.</summary>
public sealed class PublishedModelTests
{
    [Fact]
    public async Task The_published_model_answers_from_raw_orders_as_published()
    {
        await using var run = await OrdersRun.Of(OrdersRun.With("clv-6m", OrdersRun.OnlineRetail2Columns, TestData.File_("orders", "online_retail_II.csv.gz")) with
        {
            Sources = [new() { Files = [TestData.File_("orders", "online_retail_II.csv.gz")], SkipRows = 525_461 }],
        });
        var table = await run.Features();
        double[] spend = [.. table.Target!.Select(value => (double)value)];
        Assert.Equal((2_718, 1436.31), (spend.Length, Math.Round(spend.Average(), 2)));

        // The publication has its customers in the order of their numbers, which for these five-digit ids is the order of their text.
        var split = PublishedSplit.Of(spend.Length);
        var model = PublishedModel.Fit(table.Values.Take(split.Training), [.. split.Training.Select(i => spend[i])]);

        Near([
            162.50265718437967, -1535.9782047942024, 8343.7133461573, -3448.7622581838345, -151.13136476077523,
            272.68886103040984, 269.8733217426327, 131.329152980313, 146.69536603572544], [.. model.Coefficients]);
        Near([1416.5571226993868], [model.Intercept]);
        Near([8051.1214612057, 5554.6021042519], model.Predict(new(2, 9, [14, 18, 8500, 470, 600, 12, 1.5, 15, 6, 14, 10, 5000, 500, 365, 12, 1.2, 20, 5])));
        Assert.Equal(("3037.14", "1070.80"), Errors(split.Validation));
        Assert.Equal(("4653.10", "1139.24"), Errors(split.Test));

        (string Rmse, string Mae) Errors(IReadOnlyList<int> rows)
        {
            var scores = RegressionScores.Of([.. rows.Select(i => spend[i])], model.Raw(table.Values.Take(rows)));
            return (scores.Rmse.ToString("0.00"), scores.MeanAbsolute.ToString("0.00"));
        }
    }

    private static void Near(double[] published, double[] ours) =>
        Assert.All(published.Zip(ours), pair => Assert.Equal(pair.First, pair.Second, Math.Abs(pair.First) * 1e-9));
}
