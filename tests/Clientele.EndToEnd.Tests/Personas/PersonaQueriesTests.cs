using Clientele.Engines;
using Clientele.Personas;
using Clientele.Sources;
using Clientele.Tests.TestServers;

namespace Clientele.Tests.Personas;

public sealed class PersonaQueriesTests(ClickHouse1816 server) : IAsyncLifetime
{
    private static readonly SourceFields Everything = new(true, true, true, true, true, true, true);
    private static readonly DateOnly LastDay = SmallOrders.FirstDay.AddDays(SmallOrders.Days - 1);

    private EngineClient engine = null!;

    public async ValueTask InitializeAsync() => engine = await EngineClient.StartEmbedded();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task Habits_equal_those_counted_line_by_line()
    {
        for (int seed = 1; seed <= 5; seed++)
        {
            var orders = SmallOrders.Random(seed);
            await orders.Into(engine);

            var habits = await HabitCounts.Of(engine, SmallOrders.Segments, Everything);

            Assert.Equal(Enumerable.Range(1, SmallOrders.Segments), habits.Select(h => h.Segment));
            foreach (var habit in habits)
            {
                var lines = orders.Lines.Where(l => orders.SegmentOf(l.Customer) == habit.Segment).ToArray();
                var invoices = lines.Where(l => !l.Cancelled).GroupBy(l => (l.Customer, l.Invoice)).Select(g => g.Min(l => l.OrderedAt)).ToArray();
                Assert.Equal(
                    invoices.GroupBy(t => t.Hour).OrderBy(g => g.Key).Select(g => new HourCount(g.Key, g.Count(), g.Count() / (double)invoices.Length)), habit.Hours);
                Assert.Equal(
                    invoices.GroupBy(t => ((int)t.DayOfWeek + 6) % 7).OrderBy(g => g.Key).Select(g => (g.First().DayOfWeek.ToString(), (long)g.Count())),
                    habit.Weekdays.Select(d => (d.Weekday, d.Orders)));

                var homes = lines.Where(l => l.Country != "").GroupBy(l => l.Customer)
                    .Select(own => own.GroupBy(l => l.Country).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).First().Key).ToArray();
                Assert.Equal(
                    homes.GroupBy(c => c).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => new CountryCount(g.Key, g.Count(), g.Count() / (double)homes.Length)),
                    habit.Countries);

                int members = orders.Members.Count(m => m.Segment == habit.Segment);
                Assert.Equal(
                    lines.GroupBy(l => l.Product)
                        .Select(g => (Product: g.Key, Buyers: (long)g.Where(l => l.IsSale).Select(l => l.Customer).Distinct().Count(), Units: g.Sum(l => l.Quantity)))
                        .Where(p => p.Buyers > 0).OrderByDescending(p => p.Buyers).ThenByDescending(p => p.Units).ThenBy(p => p.Product, StringComparer.Ordinal).Take(10)
                        .Select(p => new ProductCount(p.Product, UsualDescription(orders, p.Product), p.Buyers, p.Units, p.Buyers / (double)members)),
                    habit.Products);
            }
        }
    }

    [Fact]
    public async Task What_the_source_does_not_know_is_not_asked_for()
    {
        await SmallOrders.Random(1).Into(engine);
        foreach (var habit in await HabitCounts.Of(engine, SmallOrders.Segments, Everything with { Country = false, TimeOfDay = false, Product = false }))
        {
            Assert.Empty(habit.Countries);
            Assert.Empty(habit.Hours);
            Assert.Empty(habit.Products);
            Assert.NotEmpty(habit.Weekdays);
        }
    }

    [Fact]
    public async Task Everyone_is_recommended_the_most_popular_products_of_their_segment_that_they_have_not_bought()
    {
        for (int seed = 1; seed <= 5; seed++)
        {
            var orders = SmallOrders.Random(seed);
            await orders.Into(engine);

            var recommended = await NextBestProducts.For(engine, LastDay, products: 3).ToListAsync();

            var before = LastDay.AddDays(1);
            var expected = orders.Members.OrderBy(m => m.Customer, StringComparer.Ordinal).SelectMany(member =>
                orders.Ranking(member.Segment, before, before.AddDays(-60)).Except(orders.Bought(member.Customer, _ => true)).Take(3)
                    .Select((product, i) => new Recommendation(member.Customer, member.Segment, i + 1, product, UsualDescription(orders, product))));
            Assert.Equal(expected, recommended);
            Assert.Equal(orders.Members.Count * 3, recommended.Count);
            Assert.DoesNotContain(recommended, r => orders.Bought(r.Customer, _ => true).Contains(r.Product));
        }
    }

    [Fact]
    public async Task A_small_shop_recommends_what_it_has_left()
    {
        var orders = SmallOrders.Random(3, customers: 30, products: 4);
        await orders.Into(engine);
        var recommended = await NextBestProducts.For(engine, LastDay, products: 3).ToListAsync();
        Assert.All(orders.Members, m => Assert.Equal(
            Math.Min(3, orders.Ranking(m.Segment, LastDay.AddDays(1), SmallOrders.FirstDay).Except(orders.Bought(m.Customer, _ => true)).Count()),
            recommended.Count(r => r.Customer == m.Customer)));
    }

    [Fact]
    public async Task The_hit_rate_is_that_counted_customer_by_customer()
    {
        for (int seed = 1; seed <= 5; seed++)
        {
            var orders = SmallOrders.Random(seed);
            await orders.Into(engine);

            var rate = await NextBestProducts.Test(engine, LastDay, new("segments"));

            var from = LastDay.AddDays(-59);
            int customers = 0, hits = 0, bestSellerHits = 0;
            foreach (var member in orders.Members)
            {
                var known = orders.Bought(member.Customer, l => l.Day < from);
                var found = orders.Bought(member.Customer, l => l.Day >= from);
                if (known.Count == 0 || found.Count == 0)
                    continue;
                customers++;
                bool Hit(int segment) => orders.Ranking(segment, from, from.AddDays(-60)).Except(known).Take(3).Any(found.Contains);
                hits += Hit(member.Segment) ? 1 : 0;
                bestSellerHits += Hit(0) ? 1 : 0;
            }
            Assert.Equal(new HitRate(3, from, LastDay, customers, hits, bestSellerHits), rate);
            Assert.InRange(customers, 5, 60);
        }
    }

    [Fact]
    public async Task A_server_of_18_16_answers_with_the_same_bytes()
    {
        var shared = await server.Client();
        await shared.Execute(Sql.Text("CREATE DATABASE IF NOT EXISTS personas"));
        await using var old = await EngineClient.Connect(new Uri(server.Address, "personas"));
        var orders = SmallOrders.Random(7);
        await orders.Into(engine);
        await orders.Into(old);

        foreach (string name in (string[])["countries", "order_times", "top_products", "descriptions"])
            Assert.Equal(await Bytes(engine, new($"Personas/{name}.sql")), await Bytes(old, new($"Personas/{name}.sql")));
        var before = LastDay.AddDays(-59);
        foreach (var each in (EngineClient[])[engine, old])
        {
            await each.Execute(Sql.Text("DROP TABLE IF EXISTS product_ranks"));
            await each.Execute(new("Personas/product_ranks.sql"), new SqlParameters().Add("segments", new Identifier("segments")).Add("before", before).Add("lately", before.AddDays(-60)));
        }
        var ranks = Sql.Text("SELECT segment, place, product FROM product_ranks ORDER BY segment, place");
        Assert.Equal(await Bytes(engine, ranks), await Bytes(old, ranks));
        foreach (bool shopwide in (bool[])[false, true])
            Assert.Equal(await Bytes(engine, Bought, Places(shopwide)), await Bytes(old, Bought, Places(shopwide)));
        Assert.Equal(await NextBestProducts.For(engine, LastDay, 3).ToListAsync(), await NextBestProducts.For(old, LastDay, 3).ToListAsync());

        SqlParameters Places(bool shopwide) => new SqlParameters().Add("segments", new Identifier("segments")).Add("before", before).Add("shopwide", shopwide);
    }

    private static readonly Sql Bought = new("Personas/bought_places.sql");

    private static async Task<byte[]> Bytes(EngineClient engine, Sql sql, SqlParameters? parameters = null)
    {
        using var bytes = new MemoryStream();
        await engine.CopyTo(bytes, sql, "RowBinary", parameters);
        return bytes.ToArray();
    }

    private static string UsualDescription(SmallOrders orders, string product) => orders.Lines
        .Where(l => l.Product == product && l.Description != "").GroupBy(l => l.Description)
        .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).FirstOrDefault()?.Key ?? "";
}
