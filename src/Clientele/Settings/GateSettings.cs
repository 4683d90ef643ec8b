namespace Clientele.Settings;

/// <summary>What a model must keep to become champion. Both models are judged on the newer one's customers.</summary>
public sealed record GateSettings
{
    /// <summary>Most that the mean silhouette may fall, 0 … 2.</summary>
    public double SilhouetteDrop { get; init; } = 0.05;
    /// <summary>Least Jaccard stability of any segment, 0 … 1.</summary>
    public double LeastJaccard { get; init; } = 0.5;
    /// <summary>Most that the back-tested error of lifetime values, relative to the best baseline's, may rise, as a share.</summary>
    public double ClvErrorRise { get; init; } = 0.1;
    /// <summary>Least share of customers in any segment, 0 … 0.5.</summary>
    public double LeastShare { get; init; } = 0.01;
    /// <summary>Most customers that may move to another segment, as a share.</summary>
    public double MostMoved { get; init; } = 0.5;
}
