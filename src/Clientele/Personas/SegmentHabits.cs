namespace Clientele.Personas;

/// <summary>Where, when and what a segment buys, counted over its order lines.</summary>
/// <param name="Segment">1 … k.</param>
/// <param name="Countries">Most customers first.</param>
/// <param name="Hours">By hour.</param>
/// <param name="Weekdays">Monday first.</param>
/// <param name="Products">Most buyers first.</param>
public sealed record SegmentHabits(
    int Segment, IReadOnlyList<CountryCount> Countries, IReadOnlyList<HourCount> Hours,
    IReadOnlyList<WeekdayCount> Weekdays, IReadOnlyList<ProductCount> Products);

/// <param name="Customers">Whose main country it is: the one of most of their lines.</param>
/// <param name="Share">Of the segment's customers, 0 … 1.</param>
public sealed record CountryCount(string Country, long Customers, double Share);

/// <param name="Hour">0 … 23.</param>
/// <param name="Orders">Invoices that began in this hour; cancellations are not orders.</param>
/// <param name="Share">Of the segment's orders, 0 … 1.</param>
public sealed record HourCount(int Hour, long Orders, double Share);

/// <param name="Weekday">"Monday" … "Sunday".</param>
/// <param name="Orders">Invoices of that day; cancellations are not orders.</param>
/// <param name="Share">Of the segment's orders, 0 … 1.</param>
public sealed record WeekdayCount(string Weekday, long Orders, double Share);

/// <param name="Description">The most frequent one of that product; empty when the source has none.</param>
/// <param name="Buyers">Customers who bought it.</param>
/// <param name="Units">Sold, less cancelled.</param>
/// <param name="Share">Buyers as a share of the segment's customers, 0 … 1.</param>
public sealed record ProductCount(string Product, string Description, long Buyers, long Units, double Share);
