namespace Clientele.Personas;

/// <summary>The human face of a segment: who they are, what sets them apart, and what to do about it. Plain data, ready for JSON.</summary>
public sealed record Persona
{
    /// <summary>1 … k.</summary>
    public required int Segment { get; init; }
    /// <summary>Distinct within a run: "Loyal Lena".</summary>
    public required string Name { get; init; }
    /// <summary>The kind of customer behind the name, as in <c>champion</c> or <c>one-time</c>; see the room's README.</summary>
    public required string Archetype { get; init; }
    /// <summary>Two sentences, every figure from <see cref="Profile"/>, the shares or the habits.</summary>
    public required string Story { get; init; }
    /// <summary>One thing to do.</summary>
    public required string Action { get; init; }

    /// <summary>All customers of the segment, outliers too.</summary>
    public required int Customers { get; init; }
    /// <summary>0 … 1, six decimals; over all personas the sum is 1 exactly.</summary>
    public required decimal CustomerShare { get; init; }
    /// <summary>Σ of kept line amounts, exact; null without money.</summary>
    public required decimal? Revenue { get; init; }
    /// <summary>Six decimals, the sum over all personas is 1 exactly; null without money, or when all revenue is not above zero.</summary>
    public required decimal? RevenueShare { get; init; }
    /// <summary>Those of <see cref="Customers"/> that were left out of the fit and assigned afterwards.</summary>
    public required int Outliers { get; init; }

    /// <summary>What sets it apart, strongest first; five at most.</summary>
    public required IReadOnlyList<Trait> Traits { get; init; }
    public required PersonaRule Rule { get; init; }
    /// <summary>Every feature in original units.</summary>
    public required IReadOnlyList<FeatureProfile> Profile { get; init; }

    /// <summary>Where they are, most customers first; empty when the source has no country.</summary>
    public required IReadOnlyList<CountryCount> Countries { get; init; }
    /// <summary>When they order, by hour of the day; empty when the source has no time of day.</summary>
    public required IReadOnlyList<HourCount> Hours { get; init; }
    /// <summary>On which days they order, Monday first.</summary>
    public required IReadOnlyList<WeekdayCount> Weekdays { get; init; }
    /// <summary>What most of them bought; empty when the source has no products.</summary>
    public required IReadOnlyList<ProductCount> Products { get; init; }

    /// <summary>Ids of the five customers nearest to the centre.</summary>
    public required IReadOnlyList<string> Examples { get; init; }
    /// <summary>Mean bootstrap Jaccard, 0 … 1; null when it was not measured.</summary>
    public required double? Jaccard { get; init; }
    /// <summary>Mean silhouette, −1 … 1; null when it was not measured.</summary>
    public required double? Silhouette { get; init; }
}

/// <summary>A feature in which a segment differs from everyone else.</summary>
/// <param name="Measure"><c>median</c>, or <c>mean</c> where medians would hide the difference.</param>
/// <param name="Value">The segment's, in original units.</param>
/// <param name="Everyone">The same of all customers.</param>
/// <param name="Effect">Cliff's delta against all other customers, −1 … 1: how much more often a member is above than below another customer.</param>
/// <param name="Text">"Orders: 9 on median (everyone: 2)".</param>
public sealed record Trait(string Feature, string Label, string Unit, string Measure, double Value, double Everyone, double Effect, string Direction, string Text);

/// <summary>The segment in at most three conditions, all of which hold.</summary>
/// <param name="Precision">Share of the customers it finds that are members, 0 … 1.</param>
/// <param name="Recall">Share of the members that it finds, 0 … 1.</param>
/// <param name="Matches">Customers it finds, of all customers.</param>
public sealed record PersonaRule(IReadOnlyList<RuleCondition> Conditions, double Precision, double Recall, int Matches, string Text);

/// <param name="Operator"><c>≥</c> or <c>&lt;</c>.</param>
/// <param name="Threshold">In original units; <see cref="PersonaRule.Precision"/> was measured with this very number.</param>
public sealed record RuleCondition(string Feature, string Operator, double Threshold, string Text)
{
    public bool Holds(double value) => Operator == "≥" ? value >= Threshold : value < Threshold;
}
