namespace Clientele.Tracking;

/// <summary>What a run or a step is at. Failed: its own work ended in an error; Crashed: what it ran on went away.</summary>
public enum RunState
{
    Scheduled,
    Pending,
    Running,
    Retrying,
    Cached,
    Completed,
    Failed,
    Crashed,
    Cancelled,
}

/// <summary>From which state to which: forwards only, and an end is an end.</summary>
public static class RunStates
{
    /// <summary>Whether nothing comes after it.</summary>
    public static bool IsFinal(this RunState state) => state is RunState.Cached or RunState.Completed or RunState.Failed or RunState.Crashed or RunState.Cancelled;

    public static bool MayBecome(this RunState from, RunState to) => (from, to) switch
    {
        (RunState.Scheduled, RunState.Pending or RunState.Running or RunState.Cancelled) => true,
        (RunState.Pending, RunState.Running or RunState.Cached or RunState.Cancelled) => true,
        (RunState.Running, RunState.Retrying or RunState.Cached or RunState.Completed or RunState.Failed or RunState.Crashed or RunState.Cancelled) => true,
        (RunState.Retrying, RunState.Running or RunState.Failed or RunState.Crashed or RunState.Cancelled) => true,
        _ => false,
    };
}
