namespace Clientele.Settings;

/// <summary>How features become the space in which customers are compared.</summary>
public sealed record PreparationSettings
{
    /// <summary><c>yeo-johnson</c> (default), <c>log</c> (log1p; negative values mirrored) or <c>none</c>.</summary>
    public string Transform { get; init; } = "yeo-johnson";
    /// <summary><c>standard</c> (z-score, default), <c>robust</c> (median and quartiles) or <c>none</c>.</summary>
    public string Scale { get; init; } = "standard";
    /// <summary>Least share of variance that the principal components keep, 0 … 1; 0: no PCA.</summary>
    public double Variance { get; init; } = 0.8;
}
