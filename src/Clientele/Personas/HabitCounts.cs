using Clientele.Engines;
using Clientele.Sources;

namespace Clientele.Personas;

/// <summary>Asks the engine where, when and what segments buy, from the tables <c>orders</c> and <c>segments</c>.</summary>
public static class HabitCounts
{
    private static readonly Sql Countries = new("Personas/countries.sql");
    private static readonly Sql OrderTimes = new("Personas/order_times.sql");
    private static readonly Sql TopProducts = new("Personas/top_products.sql");

    /// <param name="segments">k.</param>
    /// <param name="fields">What the source does not know is not asked for.</param>
    public static async Task<IReadOnlyList<SegmentHabits>> Of(EngineClient engine, int segments, SourceFields fields, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(fields);
        var countries = fields.Country
            ? await engine.Query(Countries, r => (Segment: (int)r.ReadUInt32(), Country: r.ReadString(), Customers: (long)r.ReadUInt64()), cancel: cancel).ToListAsync(cancel).ConfigureAwait(false)
            : [];
        var times = await engine.Query(OrderTimes, r => (Segment: (int)r.ReadUInt32(), Weekday: r.ReadUInt8(), Hour: r.ReadUInt8(), Orders: (long)r.ReadUInt64()), cancel: cancel).ToListAsync(cancel).ConfigureAwait(false);
        var products = fields.Product
            ? await engine.Query(TopProducts, r => (Segment: (int)r.ReadUInt32(), Product: r.ReadString(), Buyers: (long)r.ReadUInt64(), Units: r.ReadInt64(), Customers: (long)r.ReadUInt64()), cancel: cancel).ToListAsync(cancel).ConfigureAwait(false)
            : [];
        var descriptions = products.Count == 0 ? null : await ProductDescriptions.Of(engine, cancel).ConfigureAwait(false);

        return
        [
            .. Enumerable.Range(1, segments).Select(s =>
            {
                var own = times.Where(t => t.Segment == s).ToArray();
                double orders = own.Sum(t => t.Orders);
                double located = countries.Where(c => c.Segment == s).Sum(c => c.Customers);
                return new SegmentHabits(
                    s,
                    [.. countries.Where(c => c.Segment == s).Select(c => new CountryCount(c.Country, c.Customers, c.Customers / located))],
                    fields.TimeOfDay
                        ? [.. own.GroupBy(t => t.Hour).OrderBy(g => g.Key).Select(g => new HourCount(g.Key, g.Sum(t => t.Orders), g.Sum(t => t.Orders) / orders))]
                        : [],
                    [.. own.GroupBy(t => t.Weekday).OrderBy(g => g.Key).Select(g => new WeekdayCount(Wording.Weekdays[g.Key], g.Sum(t => t.Orders), g.Sum(t => t.Orders) / orders))],
                    [.. products.Where(p => p.Segment == s).Select(p => new ProductCount(p.Product, descriptions!.GetValueOrDefault(p.Product, ""), p.Buyers, p.Units, p.Buyers / (double)p.Customers))]);
            }),
        ];
    }
}
