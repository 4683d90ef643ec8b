namespace Clientele.Settings;

/// <summary>What customers are valued for. Null in <see cref="WorkspaceSettings"/>: they are not.</summary>
public sealed record LifetimeSettings
{
    /// <summary>How far ahead: "6 months", "39 weeks", "90 days".</summary>
    public string Horizon { get; init; } = "6 months";
    /// <summary>Of a year, ≥ 0: money in a year is worth 1/(1+rate) today.</summary>
    public double DiscountRate { get; init; } = 0.1;
    /// <summary>The models are tried at this many cut-offs of the past at most, the latest, ≥ 1.</summary>
    public int Cutoffs { get; init; } = 3;
}
