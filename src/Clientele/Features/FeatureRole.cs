namespace Clientele.Features;

/// <summary>What a feature means to a shopkeeper, whatever its set calls it.</summary>
public enum FeatureRole
{
    Recency, Invoices, Units, Spend, AverageOrderValue, DistinctProducts, GapDays, GapDeviation, Weekday, Hour, HomeCountry,
    Cancellations, CancellationRate, MonthlySpendMean, MonthlySpendDeviation, SpendTrend, Tenure, ActiveMonths, PurchaseVelocity, Target,
    /// <summary>Per line, not per order: published columns that personas must not call an order's.</summary>
    AverageLineValue, LineGapDays,
}
