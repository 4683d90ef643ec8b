using Clientele.Engines;
using Clientele.Lifetime;
using Clientele.Problems;

namespace Clientele.Pipeline;

/// <param name="Amount">Money of the mean forecast; below 0 where it speaks against spending.</param>
public sealed record DriverPart(string Name, string Label, double Amount);

/// <summary>Why one customer is worth what the model says: Base + Σ Drivers = Forecast, exactly.</summary>
/// <param name="Forecast">The mean, not rounded.</param>
/// <param name="Drivers">All of them, those that move the forecast most first.</param>
/// <param name="Known">What the model knew of the customer.</param>
/// <param name="History">All days with an order or a return, newest first.</param>
public sealed record LifetimeExplanation(
    CustomerValue Value, DateOnly Cutoff, DateOnly Until, string Horizon, string MeanModel, string MedianModel, double Forecast, double Base,
    IReadOnlyList<DriverPart> Drivers, IReadOnlyDictionary<string, double> Known, IReadOnlyList<PurchaseDay> History, IReadOnlyList<string> Notes)
{
    /// <param name="found">Where the customer was valued; null: it was not.</param>
    internal static async Task<LifetimeExplanation> Of(
        EngineClient work, LifetimePrediction prediction, string customer, (ValuedBlock Block, int Row)? found, CancellationToken cancel)
    {
        if (found is not ({ Snapshot: var today, Why: var why }, var row))
            throw Unknown(customer, prediction);
        var valuation = prediction.Valuation;
        return new(
            prediction.Customers.Single(each => each.Customer == customer), prediction.Cutoff, prediction.Until, valuation.Horizon, valuation.Mean.Name, valuation.Median.Name, why.Sum(row), why.Base,
            [.. why.Drivers.Select((driver, j) => new DriverPart(driver.Name, driver.Label, why.Values[row, j])).OrderByDescending(part => Math.Abs(part.Amount))],
            LifetimeFeature.All.Index().ToDictionary(feature => feature.Item.Name, feature => today.Features[row, feature.Index]),
            await PurchaseDay.Of(work, customer, prediction.Cutoff, cancel), valuation.Notes);
    }

    private static ProblemException Unknown(string customer, LifetimePrediction prediction) => new(new(
        "lifetime/unknown-customer", $"No customer '{customer}' bought before {prediction.Cutoff:yyyy-MM-dd}.",
        (Nearest.To(customer, prediction.Customers.Select(each => each.Customer)) is { } near ? $"Did you mean '{near}'? " : "") + "All customers stand in lifetime/customers.csv of the run, and clientele lifetime predict lists them."));
}
