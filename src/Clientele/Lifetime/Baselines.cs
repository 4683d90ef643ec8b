namespace Clientele.Lifetime;

/// <summary>Everybody spends what customers of the past did: their mean, their median.</summary>
public sealed class ConstantBaseline : IContender
{
    public string Name => "constant";
    public bool IsBaseline => true;

    public Forecast Value(IReadOnlyList<LifetimeSnapshot> past, LifetimeSnapshot now, CancellationToken cancel)
    {
        double[] spend = [.. past.SelectMany(snapshot => snapshot.TargetSpend).Select(value => (double)value).Order()];
        double median = (spend[(spend.Length - 1) / 2] + spend[spend.Length / 2]) / 2;
        return Forecast.Of(Enumerable.Repeat(spend.Average(), now.Customers.Count), Enumerable.Repeat(median, now.Customers.Count));
    }
}

/// <summary>The same again: all that a customer has spent so far. The naive rule that beat every model of system 002.</summary>
public sealed class PastSpendBaseline : IContender
{
    public string Name => "past spend";
    public bool IsBaseline => true;

    public Forecast Value(IReadOnlyList<LifetimeSnapshot> past, LifetimeSnapshot now, CancellationToken cancel)
    {
        double[] spend = now.Features.Column(LifetimeFeature.IndexOf("spend"));
        return Forecast.Of(spend, spend);
    }
}

/// <summary>As fast as so far: spend per day since the first purchase (at least 30 days), times the days of the window.</summary>
public sealed class PastRateBaseline : IContender
{
    private const double LeastDays = 30;

    public string Name => "past rate";
    public bool IsBaseline => true;

    public Forecast Value(IReadOnlyList<LifetimeSnapshot> past, LifetimeSnapshot now, CancellationToken cancel)
    {
        double[] spend = now.Features.Column(LifetimeFeature.IndexOf("spend"));
        double[] expected = [.. spend.Select((value, i) => value * now.HorizonDays / Math.Max(LeastDays, now.Histories.Tenure[i]))];
        return Forecast.Of(expected, expected);
    }
}
