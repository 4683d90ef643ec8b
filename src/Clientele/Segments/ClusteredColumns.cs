using Clientele.Features;
using Clientele.Problems;
using Clientele.Settings;

namespace Clientele.Segments;

/// <summary>Names of the features that customers are compared by.</summary>
/// <param name="Numbers">They make the space.</param>
/// <param name="Categories">Compared only for equality; none unless the model is <c>prototypes</c>.</param>
internal sealed record ClusteredColumns(IReadOnlyList<string> Numbers, IReadOnlyList<string> Categories)
{
    public static ClusteredColumns Of(FeatureTable features, SegmentationSettings settings)
    {
        var named = Named(features, settings);
        if (settings.Model != "prototypes")
            return new([.. named.Select(column => column.Name)], []);
        var chosen = settings.Columns.Count > 0 ? named : [.. named, .. features.Columns.Where(column => !column.Clustered && IsCategory(column))];
        ClusteredColumns columns = new([.. chosen.Where(column => !IsCategory(column)).Select(column => column.Name)], [.. chosen.Where(IsCategory).Select(column => column.Name)]);
        return columns.Numbers.Count > 0 ? columns : throw new ProblemException(new(
            "segments/no-numbers", "'segmentation: columns' names categories only.", "Add a feature that is a number, such as recency or orders."));
    }

    /// <summary>Places of all of them in the table.</summary>
    public IReadOnlyList<int> Places(FeatureTable features)
    {
        var there = features.Columns.Select(column => column.Name).ToList();
        return [.. Numbers.Concat(Categories).Select(name => there.IndexOf(name))];
    }

    // Numbers by which they are written, but Sunday is not seven times Monday.
    private static bool IsCategory(Feature column) => column.Role is FeatureRole.Weekday or FeatureRole.Hour or FeatureRole.HomeCountry;

    private static List<Feature> Named(FeatureTable features, SegmentationSettings settings)
    {
        if (settings.Columns.Count == 0)
            return [.. features.Columns.Where(column => column.Clustered)];
        var there = features.Columns.Select(column => column.Name).ToList();
        foreach (string name in settings.Columns)
        {
            if (features.LeftOut.FirstOrDefault(left => left.Feature.Name == name) is { Feature: not null } left)
                throw new ProblemException(new("segments/left-out-column", $"The feature '{name}' cannot be clustered: {left.Reason}.", "Map the column it needs, or take it off 'segmentation: columns'."));
            if (!there.Contains(name))
                throw new ProblemException(new("segments/unknown-column", $"There is no feature '{name}' in this set.",
                    Nearest.To(name, there) is { } near ? $"Did you mean '{near}'?" : $"There are: {string.Join(", ", there)}."));
        }
        return [.. settings.Columns.Select(name => features.Columns[there.IndexOf(name)])];
    }
}
