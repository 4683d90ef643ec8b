using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>What a buy-till-you-die model and the Gamma–Gamma model say of the customers of a snapshot, fitted on what was known at its cut-off alone.</summary>
/// <param name="Alive">n, P(alive), 0 … 1.</param>
/// <param name="Purchases">n, expected purchase days in the window.</param>
/// <param name="MedianPurchases">n, the exact law's median.</param>
/// <param name="ValuePerPurchase">n, expected spend of a purchase day.</param>
public sealed record PurchaseExpectations(
    PurchaseLawName Law, double[] Alive, double[] Purchases, int[] MedianPurchases, double[] ValuePerPurchase, IReadOnlyList<Estimate> Estimates, IReadOnlyList<FitWarning> Warnings)
{
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static PurchaseExpectations Of(LifetimeSnapshot snapshot, PurchaseLawName law, int threads, CancellationToken cancel)
    {
        var groups = HistoryGroups.Of(snapshot.Histories);
        var options = new LikelihoodOptions { Threads = threads };
        return law == PurchaseLawName.BgNbd ? From(BgNbd.Fit(groups, options, cancel)) : From(MbgNbd.Fit(groups, options, cancel));

        PurchaseExpectations From<TModel>(PurchaseFit<TModel> fit) where TModel : IPurchaseModel
        {
            var forecast = PurchaseForecast.Of(fit.Model, groups, snapshot.HorizonDays, threads, cancel);
            return new(
                law, forecast.Alive, forecast.Expected, PurchaseForecast.Medians(fit.Model, groups, snapshot.HorizonDays, threads, cancel),
                Values(snapshot, options, cancel), fit.Estimates, fit.Warnings);
        }
    }

    /// <summary>Mean × mean: exact where purchases and their value are independent. Median × mean: a stand-in for the median of the sum.</summary>
    public Forecast Forecast() => Lifetime.Forecast.Of(
        Purchases.Zip(ValuePerPurchase, (purchases, value) => purchases * value), MedianPurchases.Zip(ValuePerPurchase, (purchases, value) => purchases * value));

    // Customers whose repeat purchases brought nothing, returns taken off, say nothing of what a purchase is worth.
    private static double[] Values(LifetimeSnapshot snapshot, LikelihoodOptions options, CancellationToken cancel)
    {
        int[] paid = [.. snapshot.Histories.Frequency.Select((x, i) => snapshot.RepeatValue[i] > 0 ? x : 0)];
        if (paid.All(x => x == 0))
            return [.. snapshot.RepeatValue.Select(_ => 0.0)];
        var model = GammaGamma.Fit(paid, snapshot.RepeatValue, options, cancel).Model;
        double usual = model.ExpectedSpend(0, 0) is var mean && double.IsFinite(mean) ? mean : snapshot.RepeatValue.Where(value => value > 0).Average();
        return [.. paid.Select((x, i) => model.ExpectedSpend(x, snapshot.RepeatValue[i]) is var value && double.IsFinite(value) ? value : usual)];
    }
}

/// <summary>Buy-till-you-die models of repeat purchases. Pareto/NBD is left out: on the shops at hand it says the same, and its exact medians take twenty times as long.</summary>
public enum PurchaseLawName
{
    BgNbd,
    MbgNbd,
}
