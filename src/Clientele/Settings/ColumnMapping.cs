namespace Clientele.Settings;

/// <summary>Which column of the source holds what. A null column is one that the source does not have.</summary>
public sealed record ColumnMapping
{
    /// <summary>Column of the invoice number; null when an invoice is all that a customer bought on one day (<c>invoice: [customer, day]</c>).</summary>
    public string? Invoice { get; init; }
    public required string Customer { get; init; }
    /// <summary>Column of the moment (or day) of the order.</summary>
    public required string OrderedAt { get; init; }
    /// <summary>How dates are written: <c>iso</c> (2011-12-31 23:59:00, time optional), <c>day-first</c> (31/12/2011 or 31-12-2011 or 31.12.2011, time optional) or <c>month-first</c>.</summary>
    public DateOrder DateOrder { get; init; } = DateOrder.Iso;
    public string? Product { get; init; }
    public string? Description { get; init; }
    /// <summary>Column of the number of units; null when every line is <see cref="ConstantQuantity"/> units.</summary>
    public string? Quantity { get; init; }
    public int ConstantQuantity { get; init; } = 1;
    /// <summary>Column of the price of one unit; the line is worth quantity × price.</summary>
    public string? Price { get; init; }
    /// <summary>Column of what the whole line is worth, in place of <see cref="Price"/>.</summary>
    public string? LineTotal { get; init; }
    public string? Country { get; init; }
}
