namespace Clientele.Tracking;

/// <summary>How much a line of a run's log matters.</summary>
public enum LogLevel
{
    Debug,
    Information,
    Warning,
    Error,
}
