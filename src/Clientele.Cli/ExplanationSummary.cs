using System.Globalization;
using System.Text.Json;
using Clientele.Lifetime;
using Clientele.Pipeline;

namespace Clientele.Cli;

/// <summary>Why one customer is worth what it is: to people in lines, to machines in JSON.</summary>
internal static class ExplanationSummary
{
    private const int ShownDrivers = 8, ShownDays = 8;

    public static void Write(TextWriter output, LifetimeExplanation why)
    {
        var value = why.Value;
        output.WriteLine($"{value.Customer} will spend {Money(value.Mean)} from {why.Cutoff:yyyy-MM-dd} to {why.Until.AddDays(-1):yyyy-MM-dd} (mean by {why.MeanModel}; median {Money(value.Median)} by {why.MedianModel}; decile {value.Decile} of 10).");
        Interval(output, 80, value.Likely);
        Interval(output, 95, value.Wide);
        if (value is { Alive: { } alive, Buys: { } buys })
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  Buys at all: {buys:P0}, {value.Risk.ToString()!.ToLowerInvariant()} churn risk. Still a customer: {alive:P0}. Expected days with a purchase: {value.Orders:0.0}. Next: {value.NextOrder?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "no date can be given"}."));
        output.WriteLine("  Why:");
        Part(output, "a usual customer", why.Base);
        foreach (var driver in why.Drivers.Where(driver => driver.Amount != 0).Take(ShownDrivers))
            Part(output, driver.Label, driver.Amount);
        if (why.Drivers.Where(driver => driver.Amount != 0).Skip(ShownDrivers).ToList() is { Count: > 0 } rest)
            Part(output, $"{rest.Count} smaller ones", rest.Sum(driver => driver.Amount));
        Part(output, "= mean forecast", why.Forecast);
        output.WriteLine($"  History: {why.History.Count(day => day.Orders > 0):N0} days with a purchase, {Money(why.History.Sum(day => day.Spend))} in all.");
        foreach (var day in why.History.Take(ShownDays))
            output.WriteLine($"    {day.Day:yyyy-MM-dd}{Money(day.Spend),16}   {(day.Orders == 0 ? "returns" : day.Orders == 1 ? "1 order" : $"{day.Orders} orders")}");
        if (why.History.Count > ShownDays)
            output.WriteLine($"    and {why.History.Count - ShownDays:N0} earlier days");
        foreach (string note in why.Notes)
            output.WriteLine($"  {note}");
    }

    public static string Json(LifetimeExplanation why) => JsonSerializer.Serialize(why, RunJson.Options);

    private static void Interval(TextWriter output, int of, MoneyInterval? interval)
    {
        if (interval is { } known)
            output.WriteLine($"  In {of} of 100 such cases: {Money(known.Lower)} … {(known.Upper is { } upper ? Money(upper) : "no end can be given")}.");
    }

    private static void Part(TextWriter output, string what, double amount) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {what,-44}{(amount < 0 ? "−" : what[0] == '=' ? "" : "+") + Math.Abs(amount).ToString("N2", CultureInfo.InvariantCulture),16}"));

    private static string Money(decimal amount) => amount.ToString("N2", CultureInfo.InvariantCulture);
}
