using System.Globalization;
using System.Text.Json;
using Clientele.Lifetime;
using Clientele.Pipeline;

namespace Clientele.Cli;

/// <summary>What customers will be worth together: to people in lines, to machines in JSON.</summary>
internal static class LifetimeSummary
{
    public static void Write(TextWriter output, LifetimeFitResult result)
    {
        Write(output, result.Work.Valued);
        output.WriteLine($"Customers: {Path.Combine(result.Folder, "lifetime", "customers.csv")}");
    }

    /// <summary>Total, how sure, and the choice of models.</summary>
    public static void Write(TextWriter output, ValuedBase valued)
    {
        var (portfolio, contest) = (valued.Portfolio, valued.Contest);
        output.WriteLine($"{portfolio.Total.Customers:N0} customers will spend {Money(portfolio.Total.Expected)} in the {portfolio.Horizon} from {portfolio.Cutoff:yyyy-MM-dd} ({Money(portfolio.Total.Discounted)} discounted at {portfolio.DiscountRate:0.##%} a year).");
        if (portfolio.AtRisk is { } risk)
            output.WriteLine($"  {Money(risk.Amount)} of it rests on customers who may not buy at all. {string.Join(", ", risk.ByRisk.Select(band => $"{band.Risk.ToString().ToLowerInvariant()} risk {band.Customers:N0}"))}.");
        if (portfolio.Buying is { } buying)
            output.WriteLine($"  Tried from {buying.Cutoff:yyyy-MM-dd}: {string.Join("; ", buying.Bands.Select(band => string.Create(CultureInfo.InvariantCulture, $"of {band.Customers:N0} at {band.Risk.ToString().ToLowerInvariant()} risk {band.Said:P0} were said to buy, {band.Bought:P0} did")))}.");
        foreach (var persona in portfolio.Personas.OrderByDescending(each => each.Expected))
            output.WriteLine($"  {persona.Group,-26}{persona.Customers,10:N0} customers{Money(persona.Expected),18}{Money(persona.PerCustomer),14} each");
        if (portfolio.HoldOut is { } held)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  Tried from {held.Cutoff:yyyy-MM-dd}: normalised Gini {held.Gini:0.000}; the best tenth was said to spend {held.Deciles.Bins[0].MeanPredicted:#,0} each and spent {held.Deciles.Bins[0].MeanActual:#,0}."));
        output.WriteLine($"  Mean forecast: {portfolio.MeanModel}. {contest?.Mean.Why}".TrimEnd());
        output.WriteLine($"  Median forecast: {portfolio.MedianModel}. {contest?.Median.Why}".TrimEnd());
        output.WriteLine($"  Order of customers: {contest?.Ranking.Model ?? portfolio.MeanModel}. {contest?.Ranking.Why}".TrimEnd());
        foreach (string note in portfolio.Notes)
            output.WriteLine($"  {note}");
    }

    public static string Json(LifetimeFitResult result) => JsonSerializer.Serialize(
        new { result.Folder, result.Work.Valued.Portfolio, result.Work.Valued.Contest }, RunJson.Options);

    public static void Json(LifetimePrediction result, Stream output) => JsonSerializer.Serialize(output, new
    {
        result.Cutoff,
        result.Until,
        result.Valuation.Horizon,
        MeanModel = result.Valuation.Mean.Name,
        MedianModel = result.Valuation.Median.Name,
        result.Valuation.Notes,
        Expected = result.Customers.Sum(each => each.Mean),
        result.Customers,
    }, RunJson.Options);

    private static string Money(decimal amount) => amount.ToString("N2", CultureInfo.InvariantCulture);
}
