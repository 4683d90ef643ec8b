namespace Clientele.Learning;

/// <summary>What one customer did from the first purchase to the cut-off, all times in one unit (weeks, days or years).</summary>
/// <param name="Frequency">x: repeat purchases in (0, T]; the first is not counted, several on a day are one.</param>
/// <param name="Recency">t_x: from the first purchase to the last, 0 … T; 0 where there was no repeat purchase.</param>
/// <param name="Tenure">T: from the first purchase to the cut-off, &gt; 0.</param>
public readonly record struct PurchaseHistory(int Frequency, double Recency, double Tenure)
{
    /// <summary>Why no model can read it, or null. Source of the rules: Fader, Hardie &amp; Lee (2005), Marketing Science 24(2), §2.</summary>
    internal string? Fault =>
        !double.IsFinite(Recency) || !double.IsFinite(Tenure) ? "recency and tenure must be numbers"
        : Frequency < 0 ? "the frequency is negative"
        : Tenure <= 0 ? "the tenure is not above 0; a customer whose first purchase is on the cut-off has no history yet"
        : Recency < 0 || Recency > Tenure ? "the recency is not between 0 and the tenure"
        : Frequency == 0 && Recency != 0 ? "the recency is not 0 though there was no repeat purchase"
        : null;
}

/// <summary>A customer's history contradicts itself.</summary>
public sealed class PurchaseHistoryException(int row, string fault)
    : ArgumentException(FormattableString.Invariant($"Customer {row} (counted from 0): {fault}. Leave the customer out or mend the history."))
{
    /// <summary>From 0.</summary>
    public int Row { get; } = row;
}
