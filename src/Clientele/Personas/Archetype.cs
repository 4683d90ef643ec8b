using Clientele.Features;

namespace Clientele.Personas;

/// <summary>A kind of customer: the facts it needs, the words that fit it, and what to do about it.</summary>
/// <param name="Id">Stable, for machines.</param>
/// <param name="Epithets">Words that are true of every segment that meets all needs.</param>
/// <param name="Needs">All must be met.</param>
/// <param name="Action">One suggestion; it speaks of nothing that the needs do not guarantee.</param>
internal sealed record Archetype(string Id, IReadOnlyList<string> Epithets, IReadOnlyList<Need> Needs, Func<SegmentFacts, Wording, string> Action)
{
    /// <summary>How well the segment fits: the sum of how strongly each need is met; null when one is not.</summary>
    public double? Fit(SegmentFacts facts)
    {
        double fit = 0;
        foreach (var need in Needs)
        {
            if (need.Strength(facts) is not { } strength || strength < need.Least)
                return null;
            fit += need.Weight * strength;
        }
        return fit;
    }
}

/// <summary>A fact about a segment that an archetype rests on.</summary>
/// <param name="Strength">About −1 … 1; null when the source does not know.</param>
/// <param name="Least">Below this the archetype does not fit.</param>
/// <param name="Weight">What its strength adds to the fit.</param>
internal sealed record Need(Func<SegmentFacts, double?> Strength, double Least, double Weight = 1)
{
    /// <summary>Clearly above the other customers: Cliff's delta at least <paramref name="least"/>.</summary>
    public static Need High(FeatureRole role, double least) => new(f => f.Effect(role), least);

    public static Need Low(FeatureRole role, double least) => new(f => -f.Effect(role), least);

    /// <summary>Not clearly above: only excludes.</summary>
    public static Need NotHigh(FeatureRole role, double most) => new(f => -f.Effect(role), -most, 0);

    public static Need NotLow(FeatureRole role, double most) => new(f => f.Effect(role), -most, 0);

    /// <summary>At least this share ordered once only.</summary>
    public static Need Once(double share) => new(f => f.OnceShare, share);

    /// <summary>At most this share ordered once only.</summary>
    public static Need Again(double once) => new(f => 1 - f.OnceShare, 1 - once, 0);

    /// <summary>The median itself, in original units, at most; only excludes.</summary>
    public static Need MedianAtMost(FeatureRole role, double most) => new(f => -f.Median(role), -most, 0);

    public static Need MedianAtLeast(FeatureRole role, double least) => new(f => f.Median(role), least, 0);

    /// <summary>The median days between orders are at least everyone's upper quartile. (A rank would count those who ordered once as 0 days.)</summary>
    public static Need LongGap { get; } = new(f => f[FeatureRole.GapDays] is { Everyone.UpperQuartile: > 0 } gap ? gap.Segment.Median / gap.Everyone.UpperQuartile - 1 : null, 0, 0.5);

    /// <summary>The median days between orders are at most half of everyone's upper quartile.</summary>
    public static Need ShortGap { get; } = new(f => f[FeatureRole.GapDays] is { Everyone.UpperQuartile: > 0 } gap ? 1 - gap.Segment.Median / gap.Everyone.UpperQuartile : null, 0.5, 0.5);

    public static Need Products { get; } = new(f => f.KnowsProducts ? 1 : null, 1, 0);
}
