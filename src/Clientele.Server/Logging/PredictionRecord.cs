namespace Clientele.Server.Logging;

/// <summary>One prediction as the log keeps it: which model said what of which input, and not of whom.</summary>
/// <param name="Input">The beginning of the SHA-256 of the input's numbers: equal inputs are known again, and nothing else of them.</param>
/// <param name="Segment">1 … k; 0: none was asked for.</param>
/// <param name="Distance">To the own cluster; NaN: not known.</param>
/// <param name="Value">Expected spend; NaN: it was not asked for.</param>
internal readonly record struct PredictionRecord(DateTimeOffset At, string Model, long Version, ulong Input, int Segment, double Distance, bool IsOutlier, double Value);
