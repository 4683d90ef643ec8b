using Clientele.Features;

namespace Clientele.Personas;

/// <summary>A condition of a rule in words.</summary>
internal static class ConditionText
{
    public static string Of(Feature feature, bool atLeast, double threshold, Wording words) => feature.Role switch
    {
        FeatureRole.Recency => atLeast ? $"last order {Wording.Count(threshold, "days")} ago or more" : $"last order under {Wording.Count(threshold, "days")} ago",
        FeatureRole.Tenure => atLeast ? $"first order {Wording.Count(threshold, "days")} ago or more" : $"first order under {Wording.Count(threshold, "days")} ago",
        FeatureRole.Invoices => Counted(atLeast, threshold, "orders"),
        FeatureRole.Units => Counted(atLeast, threshold, "units"),
        FeatureRole.DistinctProducts => Counted(atLeast, threshold, "different products"),
        FeatureRole.ActiveMonths => $"active in {Counted(atLeast, threshold, "months")}",
        FeatureRole.Cancellations => threshold == 1 ? atLeast ? "at least 1 cancellation" : "no cancellation" : Counted(atLeast, threshold, "cancellations"),
        FeatureRole.CancellationRate => Measured(atLeast, Wording.Percent(threshold), " of orders cancelled"),
        FeatureRole.Spend => "spent " + Measured(atLeast, words.Money(threshold), " in all"),
        FeatureRole.AverageOrderValue => Measured(atLeast, words.Money(threshold), " an order"),
        FeatureRole.MonthlySpendMean => Measured(atLeast, words.Money(threshold), " in an average active month"),
        FeatureRole.MonthlySpendDeviation => "monthly spend varies by " + Measured(atLeast, words.Money(threshold), ""),
        FeatureRole.SpendTrend => "monthly spend " + Changing(atLeast, threshold, words),
        FeatureRole.GapDays => Measured(atLeast, Wording.Count(threshold, "days"), " between orders"),
        FeatureRole.GapDeviation => "gaps between orders vary by " + Measured(atLeast, Wording.Count(threshold, "days"), ""),
        FeatureRole.PurchaseVelocity => Measured(atLeast, Wording.Count(threshold, "orders"), " per active month"),
        FeatureRole.Hour => $"usual hour {(atLeast ? $"{Wording.Hour(threshold)} or later" : $"before {Wording.Hour(threshold)}")}",
        FeatureRole.Weekday => $"usual weekday {(atLeast ? $"{Wording.Weekday(threshold)} or later" : $"before {Wording.Weekday(threshold)}")}",
        FeatureRole.HomeCountry => atLeast ? "from the home country" : "from other countries",
        _ => $"{feature.Label} {(atLeast ? "at least" : "under")} {words.Value(feature, threshold)}",
    };

    private static string Changing(bool atLeast, double threshold, Wording words)
    {
        string by = $"by {words.Money(Math.Abs(threshold))} a month";
        return threshold switch
        {
            0 => atLeast ? "not falling" : "falling",
            > 0 => atLeast ? $"rising {by} or more" : $"not rising {by} or more",
            _ => atLeast ? $"not falling by more than {words.Money(-threshold)} a month" : $"falling by more than {words.Money(-threshold)} a month",
        };
    }

    private static string Measured(bool atLeast, string figure, string rest) => atLeast ? $"{figure} or more{rest}" : $"under {figure}{rest}";

    private static string Counted(bool atLeast, double threshold, string things) =>
        threshold != Math.Floor(threshold) || (!atLeast && threshold >= 100) ? Measured(atLeast, Wording.Count(threshold, things), "")
        : atLeast ? $"at least {Wording.Count(threshold, things)}"
        : $"at most {Wording.Count(threshold - 1, things)}";
}
