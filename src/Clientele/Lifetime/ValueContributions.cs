using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>Something about a customer that moves its value.</summary>
/// <param name="Name">As in files.</param>
/// <param name="Label">For people.</param>
public sealed record Driver(string Name, string Label)
{
    /// <summary>What is added where a model says less than 0, and taken off where it says more than was ever seen.</summary>
    public static Driver Limits { get; } = new("limits", "held between 0 and the most that was seen");

    public static Driver Of(LifetimeFeature feature) => new(feature.Name, feature.Label);
}

/// <summary>Exact parts of mean forecasts: the base and a row's values add up to the row's forecast.</summary>
/// <param name="Base">Money; what a customer without anything special is expected to spend.</param>
/// <param name="Values">n × drivers, money; below 0 where the driver speaks against spending.</param>
public sealed record ValueContributions(double Base, IReadOnlyList<Driver> Drivers, Matrix Values)
{
    /// <summary>The forecast of one customer, from its parts.</summary>
    public double Sum(int row)
    {
        double sum = Base;
        foreach (double part in Values.Row(row))
            sum += part;
        return sum;
    }
}
