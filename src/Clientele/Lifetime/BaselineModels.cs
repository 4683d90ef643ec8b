using Clientele.Learning;

namespace Clientele.Lifetime;

/// <param name="Mean">Of everybody.</param>
/// <param name="Median">Of everybody.</param>
public sealed record ConstantModel(double Mean, double Median) : IValueModel
{
    public Forecast Value(LifetimeSnapshot snapshot, int threads = 0, CancellationToken cancel = default) =>
        Forecast.Of(Enumerable.Repeat(Mean, snapshot.Customers.Count), Enumerable.Repeat(Median, snapshot.Customers.Count));

    public ValueContributions Explain(LifetimeSnapshot snapshot, int threads = 0, CancellationToken cancel = default) =>
        new(Math.Max(0, Mean), [], new(snapshot.Customers.Count, 0));
}

/// <param name="Usual">Mean of those it was learned on: the base of explanations.</param>
public sealed record PastSpendModel(double Usual) : IValueModel
{
    public Forecast Value(LifetimeSnapshot snapshot, int threads = 0, CancellationToken cancel = default) => Forecast.Of(Said(snapshot), Said(snapshot));

    public ValueContributions Explain(LifetimeSnapshot snapshot, int threads = 0, CancellationToken cancel = default) =>
        OneDriver.Explain(Usual, Driver.Of(LifetimeFeature.All[LifetimeFeature.IndexOf("spend")]), Said(snapshot));

    internal static double[] Said(LifetimeSnapshot snapshot) => snapshot.Features.Column(LifetimeFeature.IndexOf("spend"));
}

/// <inheritdoc cref="PastSpendModel"/>
public sealed record PastRateModel(double Usual) : IValueModel
{
    private const double LeastDays = 30;

    public Forecast Value(LifetimeSnapshot snapshot, int threads = 0, CancellationToken cancel = default) => Forecast.Of(Said(snapshot), Said(snapshot));

    public ValueContributions Explain(LifetimeSnapshot snapshot, int threads = 0, CancellationToken cancel = default) =>
        OneDriver.Explain(Usual, new("spend_per_day", "spend per day so far"), Said(snapshot));

    internal static double[] Said(LifetimeSnapshot snapshot) =>
        [.. PastSpendModel.Said(snapshot).Select((value, i) => value * snapshot.HorizonDays / Math.Max(LeastDays, snapshot.Histories.Tenure[i]))];
}

/// <summary>Forecasts that one thing explains, and the limit of 0.</summary>
internal static class OneDriver
{
    public static ValueContributions Explain(double usual, Driver driver, double[] said)
    {
        var parts = new Matrix(said.Length, 2);
        for (int i = 0; i < said.Length; i++)
            (parts[i, 0], parts[i, 1]) = (said[i] - usual, Math.Max(0, -said[i]));
        return new(usual, [driver, Driver.Limits], parts);
    }
}
