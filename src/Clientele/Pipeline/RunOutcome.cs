using Clientele.Problems;
using Clientele.Tracking;

namespace Clientele.Pipeline;

/// <summary>How a run ended, for whoever started it.</summary>
/// <param name="Id">As in the store; null: it could not be entered there.</param>
/// <param name="State">Completed, Failed, Cancelled; Crashed: another took it for dead meanwhile.</param>
/// <param name="Problem">What a person can do about it; null: it is completed, or its process was asked to stop.</param>
/// <param name="Folder">Where its files are; null: it left none.</param>
public sealed record RunOutcome(string? Id, RunState State, Problem? Problem, string? Folder);
