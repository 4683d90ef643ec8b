namespace Clientele.Cleaning;

/// <summary>Where every row went: read = kept + removed by each rule + quarantined, to the row and to the cent.</summary>
/// <param name="Guests">Lines without a customer among the removed (part of the rule <c>missing</c>).</param>
/// <param name="FirstDay">Day of the first kept line.</param>
/// <param name="LastDay">Day of the last kept line.</param>
public sealed record Ledger(
    LedgerEntry Read, LedgerEntry Kept, IReadOnlyList<RemovedByRule> Removed, long Quarantined,
    LedgerEntry Guests, long Customers, DateOnly FirstDay, DateOnly LastDay);

/// <param name="Revenue">Σ of line amounts, exact; 0 where the source has no money.</param>
public sealed record LedgerEntry(long Rows, decimal Revenue);

public sealed record RemovedByRule(string Rule, long Rows, decimal Revenue);
