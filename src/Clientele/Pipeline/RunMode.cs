namespace Clientele.Pipeline;

/// <summary>What a run is for.</summary>
public enum RunMode
{
    /// <summary>Fit anew: segments, personas, values, a model.</summary>
    Train,
    /// <summary>Assign with the champion: segments, and nothing is fitted.</summary>
    Score,
}
