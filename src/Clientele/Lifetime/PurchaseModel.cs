using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>How a buy-till-you-die model is put to use.</summary>
public enum PurchaseForm
{
    /// <summary>As published: a purchase is worth what repeat purchases were, and every day is like another.</summary>
    Published,
    /// <summary>The first purchase tells what a purchase is worth too, and the days of a busy season count more.</summary>
    Seasonal,
}

/// <summary>Expected purchases times what a purchase is worth.</summary>
/// <param name="Purchases">Times in days.</param>
/// <param name="UsualValue">Expected spend of a purchase day of customers nothing is known of.</param>
/// <param name="Usual">Mean of the three factors over those it was learned on: the base of explanations.</param>
public sealed record PurchaseModel(PurchaseForm Form, IPurchaseModel Purchases, GammaGamma Spend, double UsualValue, PurchaseFactors Usual) : IValueModel
{
    private static readonly Driver[] Factors =
        [new("alive", "probability of being a customer still"), new("pace", "purchases while a customer"), new("worth", "worth of a purchase"), Driver.Limits];

    /// <param name="snapshot">At least one customer bought again for money.</param>
    public static PurchaseModel Fit(LifetimeSnapshot snapshot, PurchaseLawName law, PurchaseForm form, int threads, CancellationToken cancel)
    {
        var options = new LikelihoodOptions { Threads = threads };
        var groups = HistoryGroups.Of(snapshot.Histories);
        IPurchaseModel purchases = law == PurchaseLawName.BgNbd ? BgNbd.Fit(groups, options, cancel).Model : MbgNbd.Fit(groups, options, cancel).Model;
        var (paid, value) = Paid(snapshot, form);
        var spend = GammaGamma.Fit(paid, value, options, cancel).Model;
        double usual = spend.ExpectedSpend(0, 0) is var mean && double.IsFinite(mean) ? mean : value.Where(worth => worth > 0).Average();
        var model = new PurchaseModel(form, purchases, spend, usual, new(0, 0, 0));
        var said = model.Expect(snapshot, threads, cancel);
        return model with { Usual = new(said.Alive.Average(), said.WhileAlive.Average(), said.ValuePerPurchase.Average()) };
    }

    /// <summary>What is expected of every customer, taken apart.</summary>
    public PurchaseExpectations Expect(LifetimeSnapshot snapshot, int threads = 0, CancellationToken cancel = default)
    {
        var groups = HistoryGroups.Of(snapshot.Histories);
        var forecast = PurchaseForecast.Of(Purchases, groups, Days(snapshot), threads, cancel);
        var (paid, worth) = Paid(snapshot, Form);
        return new(
            forecast.Alive, forecast.Expected,
            [.. forecast.Expected.Select((expected, i) => forecast.Alive[i] == 0 ? 0 : expected / forecast.Alive[i])],
            [.. paid.Select((x, i) => Spend.ExpectedSpend(x, worth[i]) is var value && double.IsFinite(value) ? value : UsualValue)]);
    }

    public Forecast Value(LifetimeSnapshot snapshot, int threads = 0, CancellationToken cancel = default)
    {
        var said = Expect(snapshot, threads, cancel);
        return Forecast.Of(said.Spend(), MedianSpend(snapshot, said, threads, cancel));
    }

    /// <summary>n: the exact law's median of purchases, times what one is worth: a stand-in for the median of the sum.</summary>
    internal double[] MedianSpend(LifetimeSnapshot snapshot, PurchaseExpectations said, int threads, CancellationToken cancel) =>
        [.. PurchaseForecast.Medians(Purchases, HistoryGroups.Of(snapshot.Histories), Days(snapshot), threads, cancel).Zip(said.ValuePerPurchase, (purchases, value) => purchases * value)];

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

    private double Days(LifetimeSnapshot snapshot) => Form == PurchaseForm.Seasonal ? snapshot.SeasonalDays : snapshot.HorizonDays;

    // Purchases that brought nothing, returns taken off, say nothing of what a purchase is worth.
    internal static (int[] Purchases, double[] Value) Paid(LifetimeSnapshot snapshot, PurchaseForm form)
    {
        int[] days = snapshot.Histories.Frequency;
        double[] value = snapshot.RepeatValue;
        if (form == PurchaseForm.Seasonal)
        {
            days = [.. days.Select(x => x + 1)];
            value = [.. PastSpendModel.Said(snapshot).Zip(days, (spend, count) => spend / count)];
        }
        return ([.. days.Zip(value, (x, worth) => worth > 0 ? x : 0)], value);
    }
}
