using System.Text.Json;
using Clientele.Cleaning;
using Clientele.Features;
using Clientele.Lifetime;
using Clientele.Models;
using Clientele.Tests.Features;
using Clientele.Tests.Sources;
using FsCheck.Fluent;

namespace Clientele.Tests.Lifetime;

/// <summary>A customer who comes alone, with nothing but order lines, is known and valued as among all.</summary>
public sealed class CustomersByThemselvesTests
{
    [Theory, InlineData("online_retail.csv.gz", 4_362, "3 months"), InlineData("online_retail_II.csv.gz", 5_875, "6 months")]
    public async Task Every_customer_of_Online_Retail_is_valued_by_order_lines_as_a_run_values_everybody(string file, int customers, string horizon)
    {
        await using var run = await OrdersRun.Of(OrdersRun.With("online-retail", file.Contains("_II", StringComparison.Ordinal) ? OrdersRun.OnlineRetail2Columns : OrdersRun.OnlineRetailColumns, TestData.File_("orders", file)));
        var (lines, recipe) = (await OrdersRun.Lines(run.Engine), new FeatureRecipe(run.Settings.Columns, run.Settings.Cleaning, run.Settings.Features with { TargetUntil = null }, run.Read.Fields, run.AsOf.Reference));
        var ahead = Horizon.TryParse(horizon, out var read) ? read : throw new ArgumentException(horizon);
        await PurchaseDays.Gather(run.Engine);
        var (cutoff, last) = (run.AsOf.LinesBefore, run.AsOf.LinesBefore.AddDays(-1));
        var over = new List<LifetimeSnapshot>();
        foreach (var past in Origins.Few(run.Ledger.FirstDay, last, ahead, tries: 1))
            over.Add(await PurchaseDays.At(run.Engine, past, ahead.After(past)));
        var today = (await PurchaseDays.At(run.Engine, cutoff, ahead.After(cutoff))).WithoutTargets();
        var learning = LifetimeLearning.Learn(over, today, ahead, Contenders.All());
        var everybody = new List<RankedValue>();
        var all = await Everybody.Value(run.Engine, learning.Valuation, cutoff, ahead.After(cutoff), .1, block => everybody.AddRange(block.Values));
        var valuation = new CustomerValuation(learning.Valuation, await DailyOrders.Before(run.Engine, cutoff), all.Deciles, .1);
        valuation = JsonSerializer.Deserialize<CustomerValuation>(JsonSerializer.Serialize(valuation, ModelBundle.Json), ModelBundle.Json)!;

        var alone = today.Customers.Select(customer => CustomerPast.Of(customer, CustomerOrders.Of(customer, lines[customer], recipe))!).ToList();

        Assert.Equal(customers, lines.Keys.Count(customer => CustomerOrders.Of(customer, lines[customer], recipe).Kept > 0));
        Same(today, LifetimeSnapshot.Of(cutoff, ahead.After(cutoff), valuation.Orders.Season(cutoff, today.HorizonDays), alone));
        foreach (var (expected, past) in everybody.Zip(alone))
            Assert.Equal(all.Deciles.Place(expected) with { Drivers = [] }, Assert.Single(valuation.Value([past])) with { Drivers = [] });

        // Whichever model wins: every one of them, with few beside.
        var now = learning.Timeline.At(over.Count);
        foreach (var contender in Contenders.All())
            if (now.Fit(contender, default).Model is { } model)
            {
                var among = model.Value(today);
                foreach (int[] few in Enumerable.Range(0, alone.Count).Where(i => i % 23 == 0).Chunk(3))
                {
                    var said = model.Value(today.Take(few), threads: 1);
                    Assert.Equal(few.Select(i => (among.Mean[i], among.Median[i])), said.Mean.Zip(said.Median));
                }
            }
    }

    [Fact]
    public async Task Whatever_the_lines_are_a_customer_is_known_alone_as_among_all()
    {
        await using var shop = await TwinShop.Open();
        Prop.ForAll(TwinShop.AnyLines, lines =>
        {
            var (settings, read) = shop.Read(lines).GetAwaiter().GetResult();
            var asOf = AsOf.Before(new(2023, 2, 20));
            if (OrdersRun.Clean(shop.Engine, settings.Cleaning, asOf, read).GetAwaiter().GetResult() is not null)
                Compare(shop, settings, read, asOf).GetAwaiter().GetResult();
        }).Holds(cases: 60);
    }

    [Fact]
    public void A_season_comes_round_again_after_a_year()
    {
        long[] orders = [0, .. Enumerable.Range(1, 365).Select(age => age is > 300 and <= 330 ? 40L : 10)];
        var known = new DailyOrders(new(2023, 1, 1), orders);

        Assert.Equal(Season.Of(orders, 90), known.Season(new(2023, 1, 1), 90));
        Assert.Equal(known.Season(new(2023, 3, 1), 90), known.Season(new DateOnly(2023, 3, 1).AddDays(365), 90));
        Assert.True(known.Season(new(2023, 2, 5), 30) > 3 * known.Season(new(2023, 6, 1), 30));
    }

    private static async Task Compare(TwinShop shop, Settings.WorkspaceSettings settings, Clientele.Sources.SourceRead read, AsOf asOf)
    {
        await PurchaseDays.Gather(shop.Engine);
        var (cutoff, until) = (asOf.LinesBefore, asOf.LinesBefore.AddDays(90));
        var among = (await PurchaseDays.At(shop.Engine, cutoff, until)).WithoutTargets();
        var recipe = new FeatureRecipe(settings.Columns, settings.Cleaning, settings.Features with { TargetUntil = null, HomeCountry = "Spain" }, read.Fields, asOf.Reference);
        var alone = (await OrdersRun.Lines(shop.Engine)).OrderBy(customer => customer.Key, StringComparer.Ordinal)
            .Select(customer => CustomerPast.Of(customer.Key, CustomerOrders.Of(customer.Key, customer.Value, recipe, asOf))).OfType<CustomerPast>().ToList();
        Same(among, LifetimeSnapshot.Of(cutoff, until, (await DailyOrders.Before(shop.Engine, cutoff)).Season(cutoff, 90), alone));
    }

    private static void Same(LifetimeSnapshot expected, LifetimeSnapshot actual)
    {
        Assert.Equal(expected.Customers, actual.Customers);
        Assert.Equal(expected.Histories.Frequency, actual.Histories.Frequency);
        Assert.Equal((double[][])[expected.Histories.Recency, expected.Histories.Tenure, expected.RepeatValue, expected.Features.Values], [actual.Histories.Recency, actual.Histories.Tenure, actual.RepeatValue, actual.Features.Values]);
        Assert.Equal((expected.Cutoff, expected.Until, expected.Season), (actual.Cutoff, actual.Until, actual.Season));
    }
}
