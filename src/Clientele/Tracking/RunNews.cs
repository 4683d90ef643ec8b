namespace Clientele.Tracking;

/// <summary>Something that happened in a run: a step moved on, a line for the log, or both.</summary>
/// <param name="At">When; written down a little later.</param>
/// <param name="Step">Null: the run as a whole.</param>
/// <param name="State">What the step has become; null: it stays what it is.</param>
/// <param name="Text">For people; no personal data.</param>
/// <param name="CacheKey">Digest of all that decides the step's outcome; null: as before.</param>
public sealed record RunNews(DateTimeOffset At, string? Step, RunState? State, LogLevel Level, string Text, string? CacheKey = null);
