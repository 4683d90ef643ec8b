namespace Clientele.Settings;

/// <summary>Customers so unlike the others that they are left out of the fit. They are assigned to a segment afterwards.</summary>
public sealed record OutlierSettings
{
    /// <summary>Share of customers with the highest isolation-forest score, 0 … 0.5. 0: none.</summary>
    public double Share { get; init; } = 0.05;
    public int Trees { get; init; } = 100;
}
