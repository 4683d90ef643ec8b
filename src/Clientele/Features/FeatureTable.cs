using Clientele.Learning;

namespace Clientele.Features;

/// <summary>The snapshot: one row per kept customer as of <see cref="ReferenceDate"/>, in ascending order of customer id (by bytes).</summary>
/// <param name="Columns">d features, those that the source supports.</param>
/// <param name="LeftOut">Features of the set that the source cannot support, each with the reason.</param>
/// <param name="Customers">n ids.</param>
/// <param name="Values">n × d, finite.</param>
/// <param name="Revenue">n exact sums of kept line amounts; their sum is the ledger's kept revenue. Zeros without money.</param>
/// <param name="Target">n sums in the target window, or null.</param>
public sealed record FeatureTable(
    DateOnly ReferenceDate, IReadOnlyList<Feature> Columns, IReadOnlyList<(Feature Feature, string Reason)> LeftOut,
    IReadOnlyList<string> Customers, Matrix Values, IReadOnlyList<decimal> Revenue, IReadOnlyList<decimal>? Target);
