using Clientele.Engines;
using Clientele.Sources;

namespace Clientele.Features;

/// <summary>A named group of features: one SQL file gives <c>customer String, revenue Decimal(38,4)</c> and every column as Float64, in order, for each customer of <c>orders</c>.</summary>
public sealed record FeatureSet(string Name, string Summary, IReadOnlyList<FeatureSet.Column> Columns)
{
    /// <param name="Feature">What people are told of it.</param>
    /// <param name="Needs">What the source must know.</param>
    public sealed record Column(Feature Feature, SourceNeed Needs = SourceNeed.Nothing);

    internal Sql Sql { get; } = new($"Features/{Name}.sql");

    /// <summary>Why a source cannot support a column; null if it can.</summary>
    public static string? ReasonAgainst(SourceNeed need, SourceFields fields) => need switch
    {
        SourceNeed.Products when !fields.Product => "The source has no product column.",
        SourceNeed.Money when !fields.Money => "The source has no price or line total.",
        SourceNeed.Country when !fields.Country => "The source has no country column.",
        SourceNeed.TimeOfDay when !fields.TimeOfDay => "The source has days without a time.",
        SourceNeed.Cancellations when !fields.Cancellations => "The source has no cancelled invoice.",
        _ => null,
    };
}

/// <summary>A part of <see cref="SourceFields"/> without which a feature means nothing.</summary>
public enum SourceNeed
{
    Nothing,
    Products,
    Money,
    Country,
    TimeOfDay,
    Cancellations,
}
