namespace Clientele.Settings;

/// <summary>A version that answers some customers in the champion's place.</summary>
public sealed record CanarySettings
{
    /// <summary>The name by which the registry knows it.</summary>
    public string Alias { get; init; } = "challenger";
    /// <summary>Share of customers, 0 … 100. 0: there is none.</summary>
    public double Percent { get; init; }
}
