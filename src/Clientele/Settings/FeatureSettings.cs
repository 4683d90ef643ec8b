namespace Clientele.Settings;

/// <summary>What is known of a customer, and as of when.</summary>
public sealed record FeatureSettings
{
    /// <summary>A named feature set: <c>retail_15</c>, <c>retail_15_published</c>, <c>clv_9</c>, <c>clv_9_published</c>.</summary>
    public string Set { get; init; } = "retail_15";
    /// <summary>Only lines before this day count, and it is the reference date. Null: the day of the last kept line, which counts too.</summary>
    public DateOnly? AsOf { get; init; }
    /// <summary>First day after the target window, which begins on <see cref="AsOf"/>: what a customer spends in it is written to <c>segments</c> as <c>target_spend</c>. Null: none.</summary>
    public DateOnly? TargetUntil { get; init; }
    /// <summary>The country that <c>is_home_country</c> asks for; null: the one with the most lines.</summary>
    public string? HomeCountry { get; init; }
}
