using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>Expected purchases times what a purchase is worth.</summary>
/// <param name="Purchases">Times in days.</param>
/// <param name="UsualValue">Expected spend of a purchase day of customers nothing is known of.</param>
/// <param name="Usual">Mean of the three factors over those it was learned on: the base of explanations.</param>
public sealed record PurchaseModel(IPurchaseModel Purchases, GammaGamma Spend, double UsualValue, PurchaseFactors Usual) : IValueModel
{
    private static readonly Driver[] Factors =
        [new("alive", "probability of being a customer still"), new("pace", "purchases while a customer"), new("worth", "worth of a purchase"), Driver.Floor];

    /// <param name="snapshot">At least one customer bought again for money.</param>
    public static PurchaseModel Fit(LifetimeSnapshot snapshot, PurchaseLawName law, int threads, CancellationToken cancel)
    {
        var options = new LikelihoodOptions { Threads = threads };
        var groups = HistoryGroups.Of(snapshot.Histories);
        IPurchaseModel purchases = law == PurchaseLawName.BgNbd ? BgNbd.Fit(groups, options, cancel).Model : MbgNbd.Fit(groups, options, cancel).Model;
        var spend = GammaGamma.Fit(Paid(snapshot), snapshot.RepeatValue, options, cancel).Model;
        double usual = spend.ExpectedSpend(0, 0) is var mean && double.IsFinite(mean) ? mean : snapshot.RepeatValue.Where(value => value > 0).Average();
        var model = new PurchaseModel(purchases, spend, usual, new(0, 0, 0));
        var said = model.Expect(snapshot, threads, cancel);
        return model with { Usual = new(said.Alive.Average(), said.WhileAlive.Average(), said.ValuePerPurchase.Average()) };
    }

    /// <summary>What is expected of every customer, taken apart.</summary>
    public PurchaseExpectations Expect(LifetimeSnapshot snapshot, int threads = 0, CancellationToken cancel = default)
    {
        var groups = HistoryGroups.Of(snapshot.Histories);
        var forecast = PurchaseForecast.Of(Purchases, groups, snapshot.HorizonDays, threads, cancel);
        int[] paid = Paid(snapshot);
        return new(
            forecast.Alive, forecast.Expected,
            [.. forecast.Expected.Select((expected, i) => forecast.Alive[i] == 0 ? 0 : expected / forecast.Alive[i])],
            PurchaseForecast.Medians(Purchases, groups, snapshot.HorizonDays, threads, cancel),
            [.. paid.Select((x, i) => Spend.ExpectedSpend(x, snapshot.RepeatValue[i]) is var value && double.IsFinite(value) ? value : UsualValue)]);
    }

    /// <summary>Mean × mean: exact where purchases and their value are independent. Median × mean: a stand-in for the median of the sum.</summary>
    public Forecast Value(LifetimeSnapshot snapshot, int threads = 0, CancellationToken cancel = default)
    {
        var said = Expect(snapshot, threads, cancel);
        return Forecast.Of(
            said.Purchases.Zip(said.ValuePerPurchase, (purchases, value) => purchases * value),
            said.MedianPurchases.Zip(said.ValuePerPurchase, (purchases, value) => purchases * value));
    }

    /// <summary>Shapley values of the three factors against their usual values: each factor's mean effect over the orders in which they become known.</summary>
    public ValueContributions Explain(LifetimeSnapshot snapshot, int threads = 0, CancellationToken cancel = default)
    {
        var said = Expect(snapshot, threads, cancel);
        var parts = new Matrix(said.Alive.Length, Factors.Length);
        for (int i = 0; i < parts.Rows; i++)
        {
            var here = new PurchaseFactors(said.Alive[i], said.WhileAlive[i], said.ValuePerPurchase[i]);
            (parts[i, 0], parts[i, 1], parts[i, 2]) = here.Against(Usual);
            parts[i, 3] = Math.Max(0, -here.Product);
        }
        return new(Usual.Product, Factors, parts);
    }

    // Customers whose repeat purchases brought nothing, returns taken off, say nothing of what a purchase is worth.
    private static int[] Paid(LifetimeSnapshot snapshot) => [.. snapshot.Histories.Frequency.Select((x, i) => snapshot.RepeatValue[i] > 0 ? x : 0)];
}
