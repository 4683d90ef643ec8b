using System.Globalization;
using Clientele.Learning;
using Clientele.Lifetime;

namespace Clientele.Bench;

/// <summary>Whether customers bought at all in the window after the last cut-off, as three laws said it.</summary>
internal static class BuyingTable
{
    public static void Write(LifetimeSnapshot snapshot)
    {
        var groups = HistoryGroups.Of(snapshot.Histories);
        Console.WriteLine($"\n| buys at all, from {snapshot.Cutoff:yyyy-MM-dd} | Brier (of the share alone) | said → bought, by churn risk | mean P(alive) |\n|---|---|---|---|");
        foreach (var (name, law) in (ReadOnlySpan<(string, IPurchaseModel)>)[("MBG/NBD", MbgNbd.Fit(groups).Model), ("Pareto/NBD", ParetoNbd.Fit(groups).Model), ("BG/NBD", BgNbd.Fit(groups).Model)])
        {
            var held = BuyingHoldOut.Of(snapshot, PurchaseForecast.Any(law, groups, snapshot.SeasonalDays));
            string bands = string.Join("; ", held.Bands.Select(band => string.Create(
                CultureInfo.InvariantCulture, $"{band.Risk.ToString().ToLowerInvariant()} ({band.Customers:N0}) {band.Said:.00} → {band.Bought:.00}")));
            double alive = PurchaseForecast.Of(law, groups, snapshot.SeasonalDays).Alive.Average();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {held.Brier:.0000} ({held.BrierOfShare:.0000}) | {bands} | {alive:.000} |"));
        }
    }
}
