using Clientele.Cleaning;
using Clientele.Features;

namespace Clientele.Pipeline;

/// <summary><c>ledger.json</c>: where every row and cent went, and which features the source could not support. Scripts rely on this shape.</summary>
public sealed record LedgerDocument(
    LedgerEntry Read, LedgerEntry Kept, IReadOnlyList<RemovedByRule> Removed, long Quarantined, LedgerEntry Guests,
    long Customers, DateOnly FirstDay, DateOnly LastDay, IReadOnlyList<LeftOutFeature> LeftOut)
{
    public static LedgerDocument Of(Ledger ledger, FeatureTable features) => new(
        ledger.Read, ledger.Kept, ledger.Removed, ledger.Quarantined, ledger.Guests, ledger.Customers, ledger.FirstDay, ledger.LastDay,
        [.. features.LeftOut.Select(left => new LeftOutFeature(left.Feature.Name, left.Reason))]);
}

/// <param name="Reason">What the source lacks.</param>
public sealed record LeftOutFeature(string Feature, string Reason);
