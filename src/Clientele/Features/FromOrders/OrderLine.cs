namespace Clientele.Features;

/// <summary>One order line as someone sends it, before it is read or cleaned. What the model's source did not have is passed over.</summary>
public sealed record OrderLine
{
    /// <summary>The invoice's number; passed over where an invoice is what a customer bought on one day.</summary>
    public string? Invoice { get; init; }
    /// <summary>The source's own wall time, to the second, 1970 … 2105. A zone does not move it.</summary>
    public DateTime? OrderedAt { get; init; }
    public string? Product { get; init; }
    public string? Description { get; init; }
    /// <summary>Units; returns are negative.</summary>
    public long? Quantity { get; init; }
    /// <summary>The price of one unit, or what the line is worth where the model's source said that. More than four decimals are rounded half away from zero.</summary>
    public decimal? Money { get; init; }
    public string? Country { get; init; }
}
