namespace Clientele.Synthetic;

/// <param name="Minute">Minutes since midnight of the shop's first day.</param>
/// <param name="Cancelled">A return: quantities are negative.</param>
internal sealed record Invoice(int Minute, bool Cancelled, string Customer, string Country, IReadOnlyList<InvoiceLine> Lines);

internal readonly record struct InvoiceLine(Product Product, int Quantity);
