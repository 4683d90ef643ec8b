namespace Clientele.Pipeline;

/// <summary>What a run is for.</summary>
public enum RunMode
{
    /// <summary>Fit anew: segments, personas, values, a model.</summary>
    Train,
    /// <summary>Assign with the champion: segments, and nothing is fitted.</summary>
    Score,
    /// <summary>Score, then train if customers have drifted from those that the champion was learnt from; train where there is no champion.</summary>
    Auto,
}
