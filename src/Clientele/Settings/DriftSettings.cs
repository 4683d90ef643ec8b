namespace Clientele.Settings;

/// <summary>When customers count as drifted from those that the champion was learnt from.</summary>
public sealed record DriftSettings
{
    /// <summary>Least share of the features that must have drifted, 0 … 1.</summary>
    public double Share { get; init; } = 0.5;
    /// <summary>Of a model learnt from up to 1,000 customers: a feature whose p-value, adjusted for the number of features, is below this has drifted, 0 … 1.</summary>
    public double Significance { get; init; } = 0.05;
    /// <summary>Of a model learnt from more: a feature whose distance is at least this has drifted, &gt; 0.</summary>
    public double Distance { get; init; } = 0.1;
}
