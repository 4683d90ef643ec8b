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
    /// <summary>Customers of one persona: its name, and who they are.</summary>
    public static IReadOnlyList<ValueOfGroup> ByPersona(IReadOnlyList<CustomerValue> customers, IReadOnlyDictionary<string, string> personaOf, IReadOnlyList<string> personas)
    {
        var members = customers.ToLookup(each => personaOf.GetValueOrDefault(each.Customer, NoPersona), StringComparer.Ordinal);
        string[] rest = members.Contains(NoPersona) ? [NoPersona] : [];
        return [.. personas.Concat(rest).Select(name => ValueOfGroup.Of(name, [.. members[name]]))];
    }

    /// <summary>Where customers stand that no persona has.</summary>
    public const string NoPersona = "without a persona";
}
