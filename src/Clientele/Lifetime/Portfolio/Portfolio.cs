namespace Clientele.Lifetime;

/// <summary>What all customers together will be worth, and how well that was said before: <c>portfolio.json</c>. Scripts rely on this shape.</summary>
/// <param name="Cutoff">First day that is not known: values begin here.</param>
/// <param name="Until">First day after the window.</param>
/// <param name="DiscountRate">Of a year.</param>
/// <param name="MeanModel">Whose means are used.</param>
/// <param name="Notes">What to know before trusting it; empty as a rule.</param>
/// <param name="Total">Σ over customers.</param>
/// <param name="Personas">Σ over the customers of each; they add up to the total. Empty where there are no personas.</param>
/// <param name="AtRisk">Null where too few customers bought again.</param>
/// <param name="HoldOut">Null where no window of the past has another before it.</param>
/// <param name="Buying">Likewise, or where too few customers bought again.</param>
/// <param name="Tracking">Likewise, or where too few customers bought again.</param>
public sealed record Portfolio(
    DateOnly Cutoff, DateOnly Until, string Horizon, double DiscountRate, string MeanModel, string MedianModel, IReadOnlyList<string> Notes,
    ValueOfGroup Total, IReadOnlyList<ValueOfGroup> Personas, ValueAtRisk? AtRisk, HoldOut? HoldOut, BuyingHoldOut? Buying, RepeatTracking? Tracking, IReadOnlyList<Cohort> Cohorts)
{
    /// <summary>What the customers of each persona come to, in one pass.</summary>
    /// <param name="personas">All names, in the order to show them; who has none comes last, if there is anybody.</param>
    public static async Task<IReadOnlyList<ValueOfGroup>> ByPersona(
        IAsyncEnumerable<CustomerValue> customers, IReadOnlyDictionary<string, string> personaOf, IReadOnlyList<string> personas, CancellationToken cancel = default)
    {
        var sums = personas.ToDictionary(name => name, _ => new ValueSum(), StringComparer.Ordinal);
        ValueSum? rest = null;
        await foreach (var customer in customers.WithCancellation(cancel))
            (personaOf.TryGetValue(customer.Customer, out string? name) ? sums[name] : rest ??= new()).Add(customer);
        return [.. personas.Select(name => sums[name].As(name)), .. rest is null ? Array.Empty<ValueOfGroup>() : [rest.As(NoPersona)]];
    }

    /// <summary>Where customers stand that no persona has.</summary>
    public const string NoPersona = "without a persona";
}
