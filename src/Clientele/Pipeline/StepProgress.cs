namespace Clientele.Pipeline;

/// <summary>What a run is doing.</summary>
/// <param name="Step">ingest, clean, features, segment, personas, lifetime, write …</param>
/// <param name="Detail">For people: counts, the k being studied.</param>
/// <param name="Done">The last report of its step.</param>
/// <param name="Cached">The step was not done: what it left before was taken.</param>
public sealed record StepProgress(string Step, string Detail, bool Done = false, bool Cached = false);
