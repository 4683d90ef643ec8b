namespace Clientele.Features;

/// <summary>One column of a feature set.</summary>
/// <param name="Name">As in SQL and in the output files.</param>
/// <param name="Label">For people: "days since last order".</param>
/// <param name="Unit">"days", "orders", "money", "share", "hour", "weekday (0 = Monday)", "units", "products", "money per month", "flag" …</param>
/// <param name="Formula">How it is computed, in one line.</param>
/// <param name="Range">"≥ 0", "0 … 1", "any" …</param>
/// <param name="Clustered">Part of the set's default clustering columns.</param>
public sealed record Feature(string Name, FeatureRole Role, string Label, string Unit, string Formula, string Range, bool Clustered);
