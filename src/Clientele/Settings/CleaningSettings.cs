namespace Clientele.Settings;

/// <summary>Which lines are removed before features are made. The rules run in the order in which they stand here; a line counts for the first rule that removes it.</summary>
public sealed record CleaningSettings
{
    /// <summary><c>overlap</c>: an invoice whose lines form two equal halves with at least <see cref="OverlapDistance"/> other lines between them loses its second half.</summary>
    public bool Overlap { get; init; } = true;
    public int OverlapDistance { get; init; } = 1_000;
    /// <summary><c>missing</c>: fields that must not be empty, of <c>customer</c>, <c>description</c>, <c>product</c>, <c>country</c>. Lines without a customer are the ledger's guests.</summary>
    public IReadOnlyList<string> Missing { get; init; } = ["customer"];
    /// <summary><c>cancellations</c>: drop cancelled invoices (those that begin with <see cref="CancellationPrefix"/>).</summary>
    public bool DropCancellations { get; init; }
    /// <summary>How the number of a cancelled invoice begins; empty: nothing marks one.</summary>
    public string CancellationPrefix { get; init; } = "C";
    /// <summary><c>duplicates</c>: of lines alike in all these fields the first in file order stays; empty: repeats are genuine and stay.</summary>
    public IReadOnlyList<string> Duplicates { get; init; } = [];
    /// <summary><c>product_codes</c>: product codes with fewer digit characters than this are postage, fees and the like; 0: all codes stay.</summary>
    public int MinimumCodeDigits { get; init; }
    /// <summary><c>descriptions</c>: lines with one of these descriptions go.</summary>
    public IReadOnlyList<string> DropDescriptions { get; init; } = [];
    /// <summary><c>quantity</c>: only lines with a quantity above zero stay.</summary>
    public bool PositiveQuantity { get; init; }
    /// <summary><c>price</c>: only lines with a price (or line total, sign aside) above zero stay. Without a money column it removes nothing.</summary>
    public bool PositivePrice { get; init; }
}
