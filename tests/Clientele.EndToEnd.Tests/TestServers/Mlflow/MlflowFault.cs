namespace Clientele.Tests.TestServers.Mlflow;

/// <summary>What a server does to a request instead of, or after, what it should.</summary>
public enum MlflowFault
{
    None,
    /// <summary>Nothing is done: 500.</summary>
    Fail,
    /// <summary>Nothing is done: 429 with Retry-After.</summary>
    Busy,
    /// <summary>Nothing is done, and the connection is cut.</summary>
    Cut,
    /// <summary>It is done, and the answer is 500.</summary>
    FailAfter,
    /// <summary>It is done, and the connection is cut before the answer.</summary>
    CutAfter,
    /// <summary>It is done, and the answer comes too late.</summary>
    Late,
}
