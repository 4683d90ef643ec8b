using System.Globalization;
using Clientele.Learning;
using Clientele.Lifetime;

namespace Clientele.Bench;

/// <summary>How often intervals held what came, over all customers and in the tenth with the largest forecasts.</summary>
internal static class CoverageTable
{
    public static void Write(LifetimeTimeline timeline, IReadOnlyList<int> judged, IContender chosen)
    {
        Console.WriteLine($"\n| intervals ({chosen.Name}; counts: MBG/NBD) | said | held | top tenth said | top tenth held | held at each cut-off |\n|---|---|---|---|---|---|");
        foreach (double coverage in (double[])[.8, .95])
        {
            Row($"spend, conformal {coverage:0 %}", judged.Select(at => Spend(timeline, at, chosen, coverage)).OfType<Share[]>());
            Row($"orders, exact law {coverage:0 %}", judged.Select(at => Orders(timeline, at, coverage)));
        }
    }

    /// <param name="Said">Share that was promised.</param>
    private sealed record Share(double Said, double Held);

    private static Share[]? Spend(LifetimeTimeline timeline, int at, IContender chosen, double coverage)
    {
        var now = timeline.Snapshots[at];
        double[] mean = timeline.Forecast(chosen, at, default)!.Mean, actual = [.. now.Spend().Select(value => Math.Max(0, value))];
        if (IntervalCalibration.Of(timeline.At(at), chosen, default).Intervals.SingleOrDefault(rule => rule.Coverage == coverage) is not { } rule)
            return null;
        return Shares(mean, rule.Implied(mean), [.. rule.Around(mean).Zip(actual, (interval, value) => interval.Holds(value))]);
    }

    private static Share[] Orders(LifetimeTimeline timeline, int at, double coverage)
    {
        var now = timeline.Snapshots[at];
        var model = (PurchaseModel)timeline.At(at).Fit(new PurchaseContender(PurchaseLawName.MbgNbd), default).Model!;
        double tail = (1 - coverage) / 2;
        var laws = new Dictionary<PurchaseHistory, (int Low, int High, double Said)>();
        var each = Enumerable.Range(0, now.Customers.Count).Select(i =>
        {
            var history = now.Histories[i];
            if (laws.TryGetValue(history, out var known))
                return known;
            var law = model.Purchases.Law(history, now.SeasonalDays);
            var (low, high) = (law.Quantile(tail), law.Quantile(1 - tail));
            return laws[history] = (low, high, law.Probabilities(tail: 1e-6).Skip(low).Take(high - low + 1).Sum());
        }).ToList();
        return Shares(model.Expect(now).Purchases, [.. each.Select(e => e.Said)], [.. each.Zip(now.TargetDays, (e, days) => e.Low <= days && days <= e.High)]);
    }

    private static Share[] Shares(double[] forecast, double[] said, bool[] held)
    {
        int[] top = [.. Enumerable.Range(0, forecast.Length).OrderByDescending(i => forecast[i]).Take(forecast.Length / 10)];
        return [new(said.Average(), held.Average(h => h ? 1.0 : 0)), new(top.Average(i => said[i]), top.Average(i => held[i] ? 1.0 : 0))];
    }

    private static void Row(string what, IEnumerable<Share[]> shares)
    {
        var all = shares.ToList();
        if (all.Count == 0)
            return;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {what} | {Mean(s => s[0].Said)} | {Mean(s => s[0].Held)} | {Mean(s => s[1].Said)} | {Mean(s => s[1].Held)} | {string.Join(" ", all.Select(s => s[0].Held.ToString(".000", CultureInfo.InvariantCulture)))} |"));

        string Mean(Func<Share[], double> of) => all.Average(of).ToString(".000", CultureInfo.InvariantCulture);
    }
}
