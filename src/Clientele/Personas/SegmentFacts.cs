using Clientele.Features;
using Clientele.Sources;

namespace Clientele.Personas;

/// <summary>All that names, stories and actions may say about one segment.</summary>
/// <param name="OnceShare">Share of members with one order at most; null when orders are not counted.</param>
/// <param name="OrderShare">The members' share of all orders; null when orders are not counted.</param>
/// <param name="KnowsProducts">The source has products.</param>
/// <param name="UsualCountry">The main country of most customers of the shop; null when unknown.</param>
internal sealed record SegmentFacts(
    int Customers, decimal CustomerShare, decimal? RevenueShare, double? OnceShare, double? OrderShare, bool KnowsProducts,
    IReadOnlyList<FeatureProfile> Profile, SegmentHabits? Habits, string? UsualCountry)
{
    public FeatureProfile? this[FeatureRole role] => Profile.FirstOrDefault(p => p.Column.Role == role);

    /// <summary>The members' median, where the source knows the feature.</summary>
    public double? Median(FeatureRole role) => this[role]?.Segment.Median;

    /// <summary>Cliff's delta, where the source knows the feature.</summary>
    public double? Effect(FeatureRole role) => this[role]?.Effect;

    /// <summary>Indices of the features that this source can support; others are not spoken of.</summary>
    public static int[] KnownColumns(FeatureTable table, SourceFields fields) =>
        [.. Enumerable.Range(0, table.Columns.Count).Where(c => IsKnown(table.Columns[c].Role, fields))];

    private static bool IsKnown(FeatureRole role, SourceFields fields) => role switch
    {
        FeatureRole.Target => false,
        FeatureRole.Spend or FeatureRole.AverageOrderValue or FeatureRole.AverageLineValue or FeatureRole.MonthlySpendMean
            or FeatureRole.MonthlySpendDeviation or FeatureRole.SpendTrend => fields.Money,
        FeatureRole.Units => fields.Quantity,
        FeatureRole.DistinctProducts => fields.Product,
        FeatureRole.Hour => fields.TimeOfDay,
        FeatureRole.HomeCountry => fields.Country,
        FeatureRole.Cancellations or FeatureRole.CancellationRate => fields.Cancellations,
        _ => true,
    };
}
