using Clientele.Settings;

namespace Clientele.Cleaning;

/// <summary>What "now" means for a run: never the clock.</summary>
/// <param name="Reference">Days are counted back from here: recency is <c>Reference − day of the last line</c>.</param>
/// <param name="LinesBefore">Lines strictly before this day count; the others fall to the rule <c>after_as_of</c>. Sets that count whole days by the clock count them back from its 00:00.</param>
public sealed record AsOf(DateOnly Reference, DateOnly LinesBefore)
{
    /// <summary>The reference date's own lines count: what a run does without <c>as_of</c>, and a prediction with one.</summary>
    public static AsOf EndOf(DateOnly day) => new(day, day.AddDays(1));

    /// <summary>Only lines before the reference date count: what <c>as_of</c> means in clientele.yaml.</summary>
    public static AsOf Before(DateOnly day) => new(day, day);

    /// <summary>What the settings ask for; null: the end of the last kept line's day, known after cleaning.</summary>
    public static AsOf? Of(FeatureSettings settings) => settings.AsOf is { } day ? Before(day) : null;
}
