using Clientele.Cleaning;
using Clientele.Lifetime;

namespace Clientele.Bench;

/// <summary>Lifetime models on windows that came after all they learned from, and intervals on the same.</summary>
internal static class LifetimeContest
{
    public static Task OnlineRetail(int months) => Monthly("Online Retail", BenchShop.OnlineRetail, Horizon.OfMonths(months));

    public static Task OnlineRetail2(int months) => Monthly("Online Retail II", BenchShop.OnlineRetail2, Horizon.OfMonths(months));

    public static Task CompleteJourney(int months) => Monthly("Complete Journey", BenchShop.CompleteJourney, Horizon.OfMonths(months));

    private static async Task Monthly(string name, Func<Task<BenchShop>> open, Horizon horizon)
    {
        await using var shop = await open();
        var timeline = new LifetimeTimeline(await shop.At(Origins.Choose(shop.First, shop.Last, horizon), horizon));
        var contenders = Contenders.All();
        var contest = Contest.Run(timeline, contenders);
        ContestTable.Write($"{name}, {horizon}", contest);
        ContestTable.WriteChosenByThen(timeline, contenders);
        CoverageTable.Write(timeline, timeline.Judged, contenders.Single(contender => contender.Name == contest.Mean.Model));
        BuyingTable.Write(timeline.Snapshots[^1]);
    }

    /// <summary>Calibration to 1997-09-30, the 39 weeks after as hold-out; models learn from quarters inside the calibration.</summary>
    public static async Task Cdnow()
    {
        await using var shop = await BenchShop.Cdnow();
        var quarter = Horizon.OfMonths(3);
        var over = await shop.At(Enumerable.Range(0, 4).Select(month => new DateOnly(1997, 4, 1).AddMonths(month)), quarter);
        var today = await shop.At(new DateOnly(1997, 10, 1), new DateOnly(1998, 7, 1));
        var timeline = new LifetimeTimeline(over, today);
        var contenders = Contenders.All();
        var contest = Contest.Run(timeline, contenders);
        Console.WriteLine($"CDNOW: chosen inside the calibration for the mean: {contest.Mean.Model} ({contest.Mean.Why}); for the median: {contest.Median.Model}");
        ContestTable.Write("CDNOW spend of 39 weeks", [.. contenders
            .Select(contender => (contender.Name, Forecast: timeline.Forecast(contender, over.Count, default)))
            .Where(said => said.Forecast is not null).Select(said => ContestEntry.Of(said.Name, today, said.Forecast!))]);
        PurchaseCounts.Write(today);
        BuyingTable.Write(today);
        CoverageTable.Write(timeline, [over.Count], contenders.Single(contender => contender.Name == contest.Mean.Model));
    }

    /// <summary>System 002's random split, and others of its kind: learn from 60 % of the customers, be judged on another 20 % at the same cut-off.</summary>
    public static async Task Published(int seeds)
    {
        await using var shop = await BenchShop.Published();
        var (from, until) = (new DateOnly(2011, 6, 1), new DateOnly(2011, 12, 1));
        var all = await shop.At(from, until);
        await using var known = await BenchShop.Published(AsOf.Before(from));
        var nine = await known.Features();
        if (!nine.Customers.SequenceEqual(all.Customers))
            throw new InvalidOperationException("The published table has other customers than the snapshot.");
        var entries = new List<ContestEntry>();
        var cutoffs = new List<(LifetimeSnapshot, IReadOnlyDictionary<string, Forecast>)>();
        for (uint seed = 42; seed < 42 + seeds; seed++)
        {
            var split = PublishedSplit.Of(all.Customers.Count, seed);
            var (training, test) = (all.Take([.. split.Training]), all.Take([.. split.Test]));
            // A timeline wants the test part after the training part's window; nothing in it says when it was.
            var timeline = new LifetimeTimeline([training], test with { Cutoff = until, Until = until.AddDays(all.HorizonDays) });
            double[] spend = training.Spend();
            double[] published = PublishedModel.Fit(nine.Values.Take([.. split.Training]), spend).Predict(nine.Values.Take([.. split.Test]));
            var said = new Dictionary<string, Forecast> { ["published model"] = new(published, published) };
            foreach (var contender in Contenders.All())
                if (timeline.Forecast(contender, 1, default) is { } forecast)
                    said[contender.Name] = forecast;
            entries.AddRange(said.Select(each => ContestEntry.Of(each.Key, test with { Cutoff = from.AddDays((int)(seed - 42)) }, each.Value)));
            cutoffs.Add((test, said));
        }
        ContestTable.Write($"Published random split, {seeds} seeds from 42", entries);
        ContestTable.Write(new ContestVerdicts(cutoffs).Of(_ => "blend", [.. Contenders.All().Where(contender => contender.IsBaseline).Select(contender => contender.Name)], ["published model"]));
    }
}
