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
    /// <param name="why">Of n: the parts of the mean forecast. Null: nobody asks, and no drivers are named.</param>
    /// <param name="annualRate">Discounts where there is no outlook, as if all were spent in the middle of the window.</param>
    public static IReadOnlyList<RankedValue> Of(
        LifetimeSnapshot snapshot, Forecast forecast, IReadOnlyList<double> ranks, IReadOnlyList<PredictionInterval>? likely, IReadOnlyList<PredictionInterval>? wide, BuyingOutlook? outlook,
        ValueContributions? why, double annualRate)
    {
        double middle = Math.Exp(-BuyingOutlook.DailyRate(annualRate) * snapshot.HorizonDays / 2);
        return
        [
            .. snapshot.Customers.Select((customer, i) => new RankedValue(new(
                customer, Cents.Of(forecast.Mean[i]), Cents.Of(forecast.Median[i]), MoneyInterval.Of(likely?[i]), MoneyInterval.Of(wide?[i]),
                Cents.Of(forecast.Mean[i] * (outlook?.Discount[i] ?? middle)), outlook?.Orders[i], outlook?.Buys[i], outlook?.Alive[i],
                outlook is null ? null : ChurnRisks.Of(outlook.Buys[i]), Next(i), 0, why is null ? [] : Top(why, i)), Cents.Of(ranks[i]))),
        ];

        DateOnly? Next(int i) => outlook is null || ChurnRisks.Of(outlook.Buys[i]) == ChurnRisk.High || outlook.MedianWait[i] > Farthest * snapshot.HorizonDays
            ? null
            : snapshot.Cutoff.AddDays((int)outlook.MedianWait[i]);
    }

    /// <summary>What moves one customer's mean forecast most; equal amounts in the order of the model, nothing that moves it by less than a cent.</summary>
    private static DriverEffect[] Top(ValueContributions why, int row)
    {
        var amounts = why.Values.Row(row);
        var (top, found) = (new DriverEffect[TopDrivers], 0);
        for (int j = 0; j < amounts.Length; j++)
        {
            decimal amount = Cents.Of(amounts[j]);
            int at = found;
            while (at > 0 && Math.Abs(top[at - 1].Amount) < Math.Abs(amount))
                at--;
            if (amount == 0 || at == TopDrivers)
                continue;
            found = Math.Min(found + 1, TopDrivers);
            for (int later = found - 1; later > at; later--)
                top[later] = top[later - 1];
            top[at] = new(why.Drivers[j].Name, why.Drivers[j].Label, amount);
        }
        return found == TopDrivers ? top : top[..found];
    }
}

/// <summary>A customer valued before all others are: its tenth is not known yet.</summary>
/// <param name="Value">With the decile 0; <see cref="ValueDeciles.Place"/> tells it.</param>
/// <param name="Rank">Amount that puts customers in order, the best one's the greatest.</param>
public readonly record struct RankedValue(CustomerValue Value, decimal Rank);
