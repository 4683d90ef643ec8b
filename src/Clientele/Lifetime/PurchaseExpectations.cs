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
        return law switch
        {
            PurchaseLawName.BgNbd => From(BgNbd.Fit(groups, options, cancel)),
            PurchaseLawName.MbgNbd => From(MbgNbd.Fit(groups, options, cancel)),
            _ => From(ParetoNbd.Fit(groups, options, cancel)),
        };

        PurchaseExpectations From<TModel>(PurchaseFit<TModel> fit) where TModel : IPurchaseModel
        {
            // Customers of one history share one answer.
            int distinct = groups.Histories.Count;
            double[] alive = new double[distinct], purchases = new double[distinct];
            int[] medians = new int[distinct];
            Parallel.For(0, distinct, new() { MaxDegreeOfParallelism = threads == 0 ? Environment.ProcessorCount : threads, CancellationToken = cancel }, g =>
            {
                var history = groups.Histories[g];
                alive[g] = fit.Model.ProbabilityAlive(history);
                purchases[g] = fit.Model.ExpectedPurchases(history, snapshot.HorizonDays);
                medians[g] = fit.Model.Law(history, snapshot.HorizonDays).Median;
            });
            return new(
                law, [.. groups.GroupOf.Select(g => alive[g])], [.. groups.GroupOf.Select(g => purchases[g])], [.. groups.GroupOf.Select(g => medians[g])],
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

/// <summary>Buy-till-you-die models of repeat purchases.</summary>
public enum PurchaseLawName
{
    BgNbd,
    MbgNbd,
    ParetoNbd,
}
