using Clientele.Features;

namespace Clientele.Personas;

/// <summary>Picks the features in which a segment differs most from everyone else.</summary>
internal static class Traits
{
    private const int Most = 5;
    /// <summary>Below this a difference is negligible. Source: Romano et al. (2006), on Cliff's delta.</summary>
    private const double Negligible = 0.147;

    public static IReadOnlyList<Trait> Of(SegmentFacts facts, Wording words) =>
    [
        .. facts.Profile.Where(p => IsTelling(p.Column.Role, facts) && Math.Abs(p.Effect) >= Negligible)
            .Select(p => Describe(p, words)).OfType<Trait>()
            .OrderByDescending(trait => Math.Abs(trait.Effect)).Take(Most),
    ];

    /// <summary>Weekdays have no order. Where most ordered once, rhythm and change are 0 by convention and would only say so again.</summary>
    private static bool IsTelling(FeatureRole role, SegmentFacts facts) => role switch
    {
        FeatureRole.Weekday => false,
        FeatureRole.GapDays or FeatureRole.LineGapDays or FeatureRole.GapDeviation or FeatureRole.MonthlySpendDeviation or FeatureRole.SpendTrend => !(facts.OnceShare >= 0.5),
        _ => true,
    };

    /// <returns>Null when neither medians nor means show the difference that the ranks show.</returns>
    private static Trait? Describe(FeatureProfile profile, Wording words)
    {
        bool Agrees(double own, double everyone) => profile.Effect > 0 ? own > everyone : own < everyone;
        bool isFlag = profile.Column.Unit == "flag";
        string? measure = !isFlag && Agrees(profile.Segment.Median, profile.Everyone.Median) ? "median"
            : Agrees(profile.Segment.Mean, profile.Everyone.Mean) ? "mean"
            : null;
        if (measure is null)
            return null;
        var (own, everyone) = measure == "median" ? (profile.Segment.Median, profile.Everyone.Median) : (profile.Segment.Mean, profile.Everyone.Mean);
        string average = isFlag ? "" : measure == "median" ? " on median" : " on average";
        string text = $"{Capital(profile.Label)}: {words.Value(profile.Column, own)}{average} (everyone: {words.Value(profile.Column, everyone)})";
        return new(profile.Feature, profile.Label, profile.Unit, measure, own, everyone, profile.Effect, profile.Effect > 0 ? "higher" : "lower", text);
    }

    private static string Capital(string label) => label.Length == 0 ? label : char.ToUpperInvariant(label[0]) + label[1..];
}
