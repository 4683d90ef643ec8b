using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>Values every customer of a snapshot.</summary>
public static class CustomerValues
{
    /// <summary>No date is given for a next purchase that is more than this many windows away.</summary>
    public const int Farthest = 2;

    private const int TopDrivers = 3;

    /// <param name="snapshot">n customers.</param>
    /// <param name="forecast">Of n.</param>
    /// <param name="ranks">n, the best customer's the greatest.</param>
    /// <param name="likely">n for 80 of 100; null where nothing calibrates them.</param>
    /// <param name="wide">n for 95 of 100.</param>
    /// <param name="outlook">Of n; null where too few bought again.</param>
    /// <param name="why">Of n: the parts of the mean forecast.</param>
    /// <param name="annualRate">Discounts where there is no outlook, as if all were spent in the middle of the window.</param>
    public static IReadOnlyList<CustomerValue> Of(
        LifetimeSnapshot snapshot, Forecast forecast, IReadOnlyList<double> ranks, IReadOnlyList<PredictionInterval>? likely, IReadOnlyList<PredictionInterval>? wide, BuyingOutlook? outlook,
        ValueContributions why, double annualRate)
    {
        decimal[] means = [.. forecast.Mean.Select(Cents.Of)];
        int[] deciles = ValueDeciles.Of([.. ranks.Select(Cents.Of)]);
        double middle = Math.Exp(-BuyingOutlook.DailyRate(annualRate) * snapshot.HorizonDays / 2);
        return
        [
            .. snapshot.Customers.Select((customer, i) => new CustomerValue(
                customer, means[i], Cents.Of(forecast.Median[i]), MoneyInterval.Of(likely?[i]), MoneyInterval.Of(wide?[i]),
                Cents.Of(forecast.Mean[i] * (outlook?.Discount[i] ?? middle)), outlook?.Orders[i], outlook?.Buys[i], outlook?.Alive[i],
                outlook is null ? null : ChurnRisks.Of(outlook.Buys[i]), Next(i), deciles[i], Top(why, i))),
        ];

        DateOnly? Next(int i) => outlook is null || ChurnRisks.Of(outlook.Buys[i]) == ChurnRisk.High || outlook.MedianWait[i] > Farthest * snapshot.HorizonDays
            ? null
            : snapshot.Cutoff.AddDays((int)outlook.MedianWait[i]);
    }

    /// <summary>What moves one customer's mean forecast most; equal amounts in the order of the model, nothing that moves it by less than a cent.</summary>
    private static DriverEffect[] Top(ValueContributions why, int row) =>
    [
        .. why.Drivers.Select((driver, j) => new DriverEffect(driver.Name, driver.Label, Cents.Of(why.Values[row, j])))
            .Where(effect => effect.Amount != 0).OrderByDescending(effect => Math.Abs(effect.Amount)).Take(TopDrivers),
    ];
}
