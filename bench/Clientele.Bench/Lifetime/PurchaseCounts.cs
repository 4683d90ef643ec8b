using System.Globalization;
using Clientele.Learning;
using Clientele.Lifetime;

namespace Clientele.Bench;

/// <summary>Purchases of a hold-out as buy-till-you-die models say them: RMSE of means, MAE of medians.</summary>
internal static class PurchaseCounts
{
    public static void Write(LifetimeSnapshot snapshot)
    {
        Console.WriteLine("| transactions of 39 weeks | RMSE of mean | MAE of median |\n|---|---|---|");
        var groups = HistoryGroups.Of(snapshot.Histories);
        Row("BG/NBD", BgNbd.Fit(groups).Model, groups, snapshot.HorizonDays, snapshot.TargetDays);
        Row("MBG/NBD", MbgNbd.Fit(groups).Model, groups, snapshot.HorizonDays, snapshot.TargetDays);
        Row("Pareto/NBD", ParetoNbd.Fit(groups).Model, groups, snapshot.HorizonDays, snapshot.TargetDays);
        // The published table counts weeks to 1997-09-30: a day less.
        double[][] table = [.. File.ReadLines(Checkout.Data("btyd", "cdnow_summary.csv")).Skip(1)
            .Select(line => line.Split(',').Select(cell => double.Parse(cell.Trim('"'), CultureInfo.InvariantCulture)).ToArray())];
        var published = HistoryGroups.Of(new([.. table.Select(row => (int)row[1])], [.. table.Select(row => row[2])], [.. table.Select(row => row[3])]));
        double[] actual = [.. table.Select(row => row[4])];
        Row("MBG/NBD, published table", MbgNbd.Fit(published).Model, published, 39, actual);
        Row("Pareto/NBD, published table", ParetoNbd.Fit(published).Model, published, 39, actual);
    }

    private static void Row(string name, IPurchaseModel model, HistoryGroups groups, double days, double[] actual)
    {
        double rmse = RegressionScores.Of(actual, PurchaseForecast.Of(model, groups, days).Expected).Rmse;
        double mae = RegressionScores.Of(actual, [.. PurchaseForecast.Medians(model, groups, days).Select(median => (double)median)]).MeanAbsolute;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {rmse:0.0000} | {mae:0.0000} |"));
    }
}
