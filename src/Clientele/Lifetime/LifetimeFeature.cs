namespace Clientele.Lifetime;

/// <summary>A column that lifetime models learn from: known at the cut-off, whatever comes after.</summary>
/// <param name="Name">As in files.</param>
/// <param name="Label">For people.</param>
/// <param name="Formula">In one line.</param>
public sealed record LifetimeFeature(string Name, string Label, string Unit, string Formula)
{
    /// <summary>In the order of the columns of <see cref="LifetimeSnapshot.Features"/>.</summary>
    public static IReadOnlyList<LifetimeFeature> All { get; } =
    [
        new("recency_days", "days since last purchase", "days", "cut-off − last purchase day, ≥ 1"),
        new("tenure_days", "days since first purchase", "days", "cut-off − first purchase day, ≥ 1"),
        new("orders", "orders", "orders", "distinct orders"),
        new("purchase_days", "purchase days", "days", "distinct days with an order"),
        new("active_months", "months with a purchase", "months", "distinct months with an order"),
        new("gap_days", "days between purchases", "days", "mean of days between successive purchase days; for one day the tenure"),
        new("gap_days_sd", "spread of days between purchases", "days", "their sample standard deviation; 0 for fewer than two"),
        new("hiatus", "silence against the usual gap", "ratio", "recency_days ÷ gap_days"),
        new("spend", "spend so far", "money", "Σ spend, returns subtracted"),
        new("average_order_value", "average order value", "money", "spend ÷ orders"),
        new("largest_day", "largest day", "money", "greatest spend of a purchase day"),
        new("orders_30", "orders in the last 30 days", "orders", "distinct orders"),
        new("orders_90", "orders in the last 90 days", "orders", "distinct orders"),
        new("orders_180", "orders in the last 180 days", "orders", "distinct orders"),
        new("orders_365", "orders in the last 365 days", "orders", "distinct orders"),
        new("spend_30", "spend in the last 30 days", "money", "Σ spend, returns subtracted"),
        new("spend_90", "spend in the last 90 days", "money", "Σ spend, returns subtracted"),
        new("spend_180", "spend in the last 180 days", "money", "Σ spend, returns subtracted"),
        new("spend_365", "spend in the last 365 days", "money", "Σ spend, returns subtracted"),
    ];

    public static int IndexOf(string name) => All.Index().First(feature => feature.Item.Name == name).Index;
}
