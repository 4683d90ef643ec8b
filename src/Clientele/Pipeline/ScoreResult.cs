using Clientele.Cleaning;

namespace Clientele.Pipeline;

/// <param name="Folder">The run's own; <c>runs/latest-score</c> points to it.</param>
public sealed record ScoreResult(string Id, string Folder, Ledger Ledger, Scored Scored, DriftReport Drift);
