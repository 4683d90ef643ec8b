using Clientele.Engines;

namespace Clientele.Tests.Personas;

/// <summary>A few random order lines and who belongs where, in memory and in an engine.</summary>
internal sealed record SmallOrders(IReadOnlyList<SmallOrders.Line> Lines, IReadOnlyList<SmallOrders.Member> Members)
{
    public static readonly DateOnly FirstDay = new(2011, 1, 1);
    public const int Days = 150;
    public const int Segments = 3;

    public sealed record Line(string Invoice, bool Cancelled, string Product, string Description, long Quantity, DateTime OrderedAt, string Customer, string Country)
    {
        public bool IsSale => !Cancelled && Quantity > 0;
        public DateOnly Day => DateOnly.FromDateTime(OrderedAt);
    }

    public sealed record Member(string Customer, int Segment, bool Outlier);

    public static SmallOrders Random(int seed, int customers = 60, int products = 25)
    {
        var chance = new Random(seed);
        Member[] members = [.. Enumerable.Range(0, customers).Select(c => new Member($"c{c:000}", 1 + (c < Segments ? c : chance.Next(Segments)), chance.Next(8) == 0))];
        var lines = new List<Line>();
        foreach (var member in members)
            for (int invoices = 1 + chance.Next(6); invoices > 0; invoices--)
            {
                bool cancelled = chance.Next(7) == 0;
                string number = $"{(cancelled ? "C" : "")}{lines.Count}";
                var at = FirstDay.ToDateTime(default).AddDays(chance.Next(Days)).AddMinutes(chance.Next(1440));
                for (int size = 1 + chance.Next(5); size > 0; size--)
                {
                    int product = (int)(products * Math.Pow(chance.NextDouble(), 1.5)) * (chance.Next(3) == 0 ? member.Segment : 1) % products;
                    lines.Add(new(number, cancelled, $"p{product:00}", chance.Next(5) == 0 ? "" : $"THING {product} {"AB"[chance.Next(2)]}",
                        cancelled ? -1 - chance.Next(3) : chance.Next(12) == 0 ? 0 : 1 + chance.Next(9), at.AddMinutes(size),
                        member.Customer, chance.Next(9) == 0 ? "" : chance.Next(3) == 0 ? "France" : "Japan"));
                }
            }
        return new(lines, members);
    }

    /// <summary>Makes the tables <c>orders</c> and <c>segments</c> anew.</summary>
    public async Task Into(EngineClient engine)
    {
        foreach (string table in (string[])["orders", "segments"])
            await engine.Execute(Sql.Text($"DROP TABLE IF EXISTS {table}"));
        await engine.Execute(Sql.Text("""
            CREATE TABLE orders (row UInt64, invoice String, cancelled UInt8, product String, description String, quantity Int64, ordered_at DateTime('UTC'),
                price Decimal(18, 4), amount Decimal(18, 4), customer String, country String) ENGINE = Memory
            """));
        await engine.Execute(Sql.Text("CREATE TABLE segments (customer String, segment UInt32, outlier UInt8) ENGINE = Memory"));
        await engine.Insert("orders", ["row", "invoice", "cancelled", "product", "description", "quantity", "ordered_at", "price", "amount", "customer", "country"], async (w, cancel) =>
        {
            ulong row = 0;
            foreach (var line in Lines)
            {
                w.WriteUInt64(row++);
                w.WriteString(line.Invoice);
                w.WriteBool(line.Cancelled);
                w.WriteString(line.Product);
                w.WriteString(line.Description);
                w.WriteInt64(line.Quantity);
                w.WriteDateTime(line.OrderedAt);
                w.WriteDecimal64(1, 4);
                w.WriteDecimal64(line.Quantity, 4);
                w.WriteString(line.Customer);
                w.WriteString(line.Country);
            }
            await Task.CompletedTask;
        });
        await engine.Insert("segments", ["customer", "segment", "outlier"], async (w, cancel) =>
        {
            foreach (var member in Members)
            {
                w.WriteString(member.Customer);
                w.WriteUInt32((uint)member.Segment);
                w.WriteBool(member.Outlier);
            }
            await Task.CompletedTask;
        });
    }

    /// <summary>Products in a segment's order of popularity (0: the whole shop's of all time), counted plainly.</summary>
    public string[] Ranking(int segment, DateOnly before, DateOnly lately)
    {
        var outliers = Members.Where(m => m.Outlier).Select(m => m.Customer).ToHashSet();
        var sales = Lines.Where(l => l.IsSale && l.Day < before && !outliers.Contains(l.Customer)).ToArray();
        int Buyers(string product, Func<Line, bool> which) => sales.Where(l => l.Product == product && which(l)).Select(l => l.Customer).Distinct().Count();
        return
        [
            .. sales.Select(l => l.Product).Distinct()
                .OrderByDescending(p => segment == 0 ? 0 : Buyers(p, l => l.Day >= lately && SegmentOf(l.Customer) == segment))
                .ThenByDescending(p => segment == 0 ? 0 : Buyers(p, l => l.Day >= lately))
                .ThenByDescending(p => Buyers(p, _ => true)).ThenBy(p => p, StringComparer.Ordinal),
        ];
    }

    public int SegmentOf(string customer) => Members.First(m => m.Customer == customer).Segment;

    public HashSet<string> Bought(string customer, Func<Line, bool> when) =>
        [.. Lines.Where(l => l.IsSale && l.Customer == customer && when(l)).Select(l => l.Product)];
}
