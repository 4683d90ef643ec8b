using Clientele.Problems;
using static Clientele.Features.FeatureRole;

namespace Clientele.Features;

/// <summary>The sets that <c>features: set:</c> may name.</summary>
public static class FeatureSets
{
    /// <summary>Fifteen facts about a shop's customer; the default.</summary>
    public static FeatureSet Retail15 { get; } = new("retail_15", "recency, orders, spend, habits and months of a customer",
    [
        new(new("recency_days", Recency, "days since last order", "days", "reference date − day of the last line", "≥ 0", true)),
        new(new("invoices", Invoices, "orders", "orders", "distinct invoices, cancelled ones too", "≥ 1", true)),
        new(new("units", Units, "units bought", "units", "Σ quantity, returns subtracted", "any", true)),
        new(new("spend", Spend, "total spend", "money", "Σ line amounts, returns subtracted", "any", true), SourceNeed.Money),
        new(new("average_order_value", AverageOrderValue, "average order value", "money", "spend ÷ invoices", "any", true), SourceNeed.Money),
        new(new("distinct_products", DistinctProducts, "different products", "products", "distinct product codes", "≥ 0", true), SourceNeed.Products),
        new(new("gap_days", GapDays, "days between purchase days", "days", "(last − first purchase day) ÷ (purchase days − 1); 0 for one day", "≥ 0", false)),
        new(new("weekday", Weekday, "usual weekday", "weekday (0 = Monday)", "most frequent over invoices; of equals the smallest", "0 … 6", false)),
        new(new("hour", Hour, "usual hour", "hour", "most frequent over invoices; of equals the smallest", "0 … 23", false), SourceNeed.TimeOfDay),
        new(new("is_home_country", HomeCountry, "lives in the home country", "flag", "1 if most lines are of the home country", "0, 1", false), SourceNeed.Country),
        new(new("cancellations", Cancellations, "cancelled orders", "orders", "distinct cancelled invoices", "≥ 0", false), SourceNeed.Cancellations),
        new(new("cancellation_rate", CancellationRate, "share of orders cancelled", "share", "cancellations ÷ invoices", "0 … 1", true), SourceNeed.Cancellations),
        new(new("monthly_spend_mean", MonthlySpendMean, "spend per active month", "money", "mean of monthly sums over months with a line", "any", true), SourceNeed.Money),
        new(new("monthly_spend_sd", MonthlySpendDeviation, "swing of monthly spend", "money", "sample standard deviation of the monthly sums; 0 for one month", "≥ 0", true), SourceNeed.Money),
        new(new("spend_trend", SpendTrend, "trend of monthly spend", "money per month", "least-squares slope over the months with a line; 0 for one month", "any", true), SourceNeed.Money),
    ]);

    /// <summary>System 001's columns under their published names.</summary>
    public static FeatureSet Retail15Published { get; } = new("retail_15_published", "the fifteen columns of the Ecommerce-Data-MLOps publication",
    [
        new(new("Days_Since_Last_Purchase", Recency, "days since last order", "days", "reference date − day of the last line", "≥ 0", true)),
        new(new("Total_Transactions", Invoices, "orders", "orders", "distinct invoices, cancelled ones too", "≥ 1", true)),
        new(new("Total_Products_Purchased", Units, "units bought", "units", "Σ quantity, returns subtracted", "any", true)),
        new(new("Total_Spend", Spend, "total spend", "money", "Σ line amounts, returns subtracted", "any", true), SourceNeed.Money),
        new(new("Average_Transaction_Value", AverageOrderValue, "average order value", "money", "Total_Spend ÷ Total_Transactions", "any", true), SourceNeed.Money),
        new(new("Unique_Products_Purchased", DistinctProducts, "different products", "products", "distinct product codes", "≥ 1", true), SourceNeed.Products),
        new(new("Average_Days_Between_Purchases", LineGapDays, "days between lines", "days", "mean of day differences between consecutive lines in file order; 0 for one line", "any", false)),
        new(new("Day_Of_Week", Weekday, "usual weekday", "weekday (0 = Monday)", "most frequent over lines; of equals the smallest", "0 … 6", false)),
        new(new("Hour", Hour, "usual hour", "hour", "most frequent over lines; of equals the smallest", "0 … 23", false), SourceNeed.TimeOfDay),
        new(new("Is_UK", HomeCountry, "lives in the home country", "flag", "1 if most lines are of the home country", "0, 1", false), SourceNeed.Country),
        new(new("Cancellation_Frequency", Cancellations, "cancelled orders", "orders", "distinct cancelled invoices", "≥ 0", false), SourceNeed.Cancellations),
        new(new("Cancellation_Rate", CancellationRate, "share of orders cancelled", "share", "Cancellation_Frequency ÷ Total_Transactions (not as published)", "0 … 1", true), SourceNeed.Cancellations),
        new(new("Monthly_Spending_Mean", MonthlySpendMean, "spend per active month", "money", "mean of monthly sums over months with a line", "any", true), SourceNeed.Money),
        new(new("Monthly_Spending_Std", MonthlySpendDeviation, "swing of monthly spend", "money", "sample standard deviation of the monthly sums; 0 for one month", "≥ 0", true), SourceNeed.Money),
        new(new("Spending_Trend", SpendTrend, "trend of monthly spend", "money per month", "least-squares slope over the months with a line; 0 for one month", "any", true), SourceNeed.Money),
    ]);

    /// <summary>What lifetime value needs, per order.</summary>
    public static FeatureSet Clv9 { get; } = new("clv_9", "recency, frequency, value and rhythm of orders, for lifetime value", Clv(
        orderValue: "total_revenue ÷ frequency", valueLabel: "average order value",
        gap: "mean of days between distinct order days; for one order day the tenure", deviation: "sample standard deviation of those gaps; 0 for fewer than two", perLine: false));

    /// <summary>System 002's columns exactly as published.</summary>
    public static FeatureSet Clv9Published { get; } = new("clv_9_published", "the nine columns of the clv-prediction publication", Clv(
        orderValue: "total_revenue ÷ lines (as published)", valueLabel: "average line value",
        gap: "mean of whole days between consecutive lines; 999 for one line (as published)", deviation: "sample standard deviation of those gaps; 0 for fewer than two", perLine: true));

    /// <summary>All sets, the default first.</summary>
    public static IReadOnlyList<FeatureSet> All { get; } = [Retail15, Retail15Published, Clv9, Clv9Published];

    /// <exception cref="ProblemException"><c>config/unknown-feature-set</c>.</exception>
    public static FeatureSet Named(string name) => All.FirstOrDefault(set => set.Name == name) ?? throw new ProblemException(new(
        "config/unknown-feature-set", $"There is no feature set '{name}'.",
        Nearest.To(name, All.Select(s => s.Name)) is { } near ? $"Did you mean '{near}'?" : $"Valid: {string.Join(", ", All.Select(s => s.Name))}."));

    private static FeatureSet.Column[] Clv(string orderValue, string valueLabel, string gap, string deviation, bool perLine) =>
    [
        new(new("recency_days", Recency, "days since last order", "days", "whole days from the last line to the reference date", "≥ 0", true)),
        new(new("frequency", Invoices, "orders", "orders", "distinct invoices", "≥ 1", true)),
        new(new("total_revenue", Spend, "total spend", "money", "Σ line amounts", "any", true), SourceNeed.Money),
        new(new("avg_order_value", perLine ? AverageLineValue : AverageOrderValue, valueLabel, "money", orderValue, "any", true), SourceNeed.Money),
        new(new("tenure_days", Tenure, "days since first order", "days", "whole days from the first line to the reference date", "≥ 0", true)),
        new(new("active_months", ActiveMonths, "months with an order", "months", "distinct months with a line", "≥ 1", true)),
        new(new("purchase_velocity", PurchaseVelocity, "orders per active month", "orders per month", "frequency ÷ active_months", "> 0", true)),
        new(new("avg_gap_days", perLine ? LineGapDays : GapDays, perLine ? "days between lines" : "days between orders", "days", gap, "≥ 0", !perLine)),
        new(new("std_gap_days", GapDeviation, "swing of days between orders", "days", deviation, "≥ 0", true)),
    ];
}
