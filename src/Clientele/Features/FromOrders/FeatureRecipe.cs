using Clientele.Settings;
using Clientele.Sources;

namespace Clientele.Features;

/// <summary>How training made its features, as far as one customer's orders need it.</summary>
/// <param name="Features">With the home country that training asked for.</param>
/// <param name="Fields">What the training's source knew.</param>
/// <param name="ReferenceDate">The training's.</param>
public sealed record FeatureRecipe(ColumnMapping Columns, CleaningSettings Cleaning, FeatureSettings Features, SourceFields Fields, DateOnly ReferenceDate)
{
    /// <summary>The features that the training's source supported, in the order of <see cref="CustomerOrders.Values"/>.</summary>
    public IReadOnlyList<Feature> Supported { get; } =
        [.. FeatureSets.Named(Features.Set).Columns.Where(column => FeatureSet.ReasonAgainst(column.Needs, Fields) is null).Select(column => column.Feature)];
}
