namespace Clientele.Learning;

public enum RowDistance
{
    /// <summary>√Σ(x−y)².</summary>
    Euclidean,
    /// <summary>Σ|x−y|: one wild column counts less.</summary>
    Manhattan,
}
