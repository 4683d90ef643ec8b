namespace Clientele.Access;

/// <summary>What a key is good for; each may do what those before it may.</summary>
public enum Role
{
    /// <summary>Reads, and asks for predictions.</summary>
    Viewer = 1,
    /// <summary>Begins and stops runs.</summary>
    Operator = 2,
    /// <summary>Says which model serves.</summary>
    Admin = 3,
}
