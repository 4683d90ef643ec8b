using System.Text.Json;

namespace Clientele.Learning.Tests;

/// <summary>Fits are plain data and the same bits whoever computes them.</summary>
public sealed class PurchaseFitStatesTests
{
    private static readonly PurchaseHistories Shop = SimulatedCustomers.Of(new ParetoNbd(.8, 8, .6, 12), 12_000, seed: 21, 10, 60);       // many groups: several blocks, thinned starts

    [Fact]
    public void Every_fit_survives_json_to_the_bit()
    {
        Same(BgNbd.Fit(Shop), model => model.ExpectedPurchases(new(3, 20, 33), 39));
        Same(MbgNbd.Fit(Shop), model => model.ExpectedPurchases(new(3, 20, 33), 39));
        Same(ParetoNbd.Fit(Shop), model => model.DiscountedWithoutEnd(new(3, 20, 33), .002));
        Same(Nbd.Fit(Shop), model => model.ExpectedOfNewcomer(9));
        Same(BgBb.Fit(Donations.Histories), model => model.ExpectedPurchases(new(4, 5, 6), 10));
        Same(GammaGamma.Fit(Cdnow.Exact.Value.Histories.Frequency, Cdnow.Exact.Value.Spend), model => model.ExpectedSpend(3, 20));

        static void Same<TModel>(PurchaseFit<TModel> fit, Func<TModel, double> predict)
        {
            string json = JsonSerializer.Serialize(fit);
            var back = JsonSerializer.Deserialize<PurchaseFit<TModel>>(json)!;
            Assert.Equal(predict(fit.Model), predict(back.Model));
            Assert.Equal(json, JsonSerializer.Serialize(back));
        }
    }

    [Fact]
    public void Threads_and_the_order_of_customers_change_no_bit()
    {
        var groups = HistoryGroups.Of(Shop);
        int[] order = new RandomStream(1, 2).Permutation(Shop.Count);
        var shuffled = HistoryGroups.Of(new([.. order.Select(i => Shop.Frequency[i])], [.. order.Select(i => Shop.Recency[i])], [.. order.Select(i => Shop.Tenure[i])]));
        Assert.Equal(JsonSerializer.Serialize(ParetoNbd.Fit(groups, new() { Threads = 1 })), JsonSerializer.Serialize(ParetoNbd.Fit(shuffled, new() { Threads = 5 })));
        Assert.Equal(JsonSerializer.Serialize(BgNbd.Fit(groups, new() { Threads = 1 })), JsonSerializer.Serialize(BgNbd.Fit(shuffled, new() { Threads = 5 })));
        var model = new BgNbd(.3, 5, .8, 2);
        Assert.Equal(PurchaseForecast.Of(model, groups, 30, threads: 1).Expected, PurchaseForecast.Of(model, groups, 30, threads: 4).Expected);
    }

    [Fact]
    public void A_cancelled_fit_stops() =>
        Assert.Throws<OperationCanceledException>(() => BgNbd.Fit(Shop, cancel: new(canceled: true)));
}
