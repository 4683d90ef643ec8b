using System.Runtime.CompilerServices;
using Clientele.Engines;

namespace Clientele.Personas;

/// <summary>Next-best products: what a customer's segment buys and the customer has not. The engine joins; customers stream through one by one.</summary>
/// <remarks>
/// Works on the tables <c>orders</c> and <c>segments</c>. Popularity is counted in distinct buyers of the last <see cref="LatelyDays"/> days: see the
/// room's README for what was measured. Every product of the shop has a place in every segment's order, so the first free places are exact at any depth.
/// </remarks>
public static class NextBestProducts
{
    /// <summary>What was bought in this many days tells more of the next days than all that was bought ever.</summary>
    public const int LatelyDays = 60;

    private static readonly Sql Rank = new("Personas/product_ranks.sql");
    private static readonly Sql Ranking = Sql.Text("SELECT toUInt32(segment) AS segment, product FROM product_ranks ORDER BY segment, place");
    private static readonly Sql Bought = new("Personas/bought_places.sql");
    private static readonly Sql Drop = Sql.Text("DROP TABLE IF EXISTS product_ranks");

    /// <summary>Recommendations for every customer, outliers too, in the order of customer ids and ranks.</summary>
    /// <param name="lastDay">Of the data.</param>
    /// <param name="products">Per customer, ≥ 1; fewer when the shop has no more that they have not bought.</param>
    public static async IAsyncEnumerable<Recommendation> For(
        EngineClient engine, DateOnly lastDay, int products, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var before = lastDay.AddDays(1);
        await RankProducts(engine, new("segments"), before, cancel).ConfigureAwait(false);
        var descriptions = await ProductDescriptions.Of(engine, cancel).ConfigureAwait(false);
        var ranking = await Rankings(engine, cancel).ConfigureAwait(false);
        await foreach (var customer in Customers(engine, new("segments"), before, wholeShop: false, cancel).ConfigureAwait(false))
        {
            if (!ranking.TryGetValue(customer.Segment, out var popular))
                continue;
            int rank = 0;
            foreach (uint place in customer.FreePlaces(products, popular.Count))
            {
                string product = popular[(int)place - 1];
                yield return new(customer.Id, customer.Segment, ++rank, product, descriptions.GetValueOrDefault(product, ""));
            }
        }
        await engine.Execute(Drop, cancel: cancel).ConfigureAwait(false);
    }

    /// <summary>Learns from the days before the last <paramref name="testDays"/> and counts how often the recommendations came true in them.</summary>
    /// <param name="segments">The table of who belongs where; made from the days before, nothing of the test is known.</param>
    public static async Task<HitRate> Test(
        EngineClient engine, DateOnly lastDay, Identifier segments, int products = 3, int testDays = 60, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var from = lastDay.AddDays(1 - testDays);
        await RankProducts(engine, segments, from, cancel).ConfigureAwait(false);
        var (customers, hits) = await Count(engine, segments, from, wholeShop: false, products, cancel).ConfigureAwait(false);
        var (_, bestSellerHits) = await Count(engine, segments, from, wholeShop: true, products, cancel).ConfigureAwait(false);
        await engine.Execute(Drop, cancel: cancel).ConfigureAwait(false);
        return new(products, from, lastDay, customers, hits, bestSellerHits);
    }

    private static async Task<(long Customers, long Hits)> Count(
        EngineClient engine, Identifier segments, DateOnly from, bool wholeShop, int products, CancellationToken cancel)
    {
        long customers = 0, hits = 0;
        await foreach (var customer in Customers(engine, segments, from, wholeShop, cancel).ConfigureAwait(false))
        {
            if (customer.Before.Length == 0 || customer.After.Length == 0)
                continue;
            customers++;
            if (customer.FreePlaces(products, int.MaxValue).Any(place => Array.BinarySearch(customer.After, place) >= 0))
                hits++;
        }
        return (customers, hits);
    }

    private static async Task RankProducts(EngineClient engine, Identifier segments, DateOnly before, CancellationToken cancel)
    {
        await engine.Execute(Drop, cancel: cancel).ConfigureAwait(false);
        var parameters = new SqlParameters().Add("segments", segments).Add("before", before).Add("lately", before.AddDays(-LatelyDays));
        await engine.Execute(Rank, parameters, cancel).ConfigureAwait(false);
    }

    private static async Task<Dictionary<int, List<string>>> Rankings(EngineClient engine, CancellationToken cancel)
    {
        var rankings = new Dictionary<int, List<string>>();
        var names = new Dictionary<string, string>();       // one string per product, whatever the number of segments
        await foreach (var (segment, product) in engine.Query(Ranking, r => ((int)r.ReadUInt32(), r.ReadString()), cancel: cancel).ConfigureAwait(false))
        {
            if (!rankings.TryGetValue(segment, out var ranking))
                rankings[segment] = ranking = [];
            if (names.TryAdd(product, product))
                ranking.Add(product);
            else
                ranking.Add(names[product]);
        }
        return rankings;
    }

    private static IAsyncEnumerable<Purchases> Customers(EngineClient engine, Identifier segments, DateOnly before, bool wholeShop, CancellationToken cancel) =>
        engine.Query(
            Bought,
            r => new Purchases(r.ReadString(), (int)r.ReadUInt32(), r.ReadArray(a => a.ReadUInt32()), r.ReadArray(a => a.ReadUInt32())),
            new SqlParameters().Add("segments", segments).Add("before", before).Add("shopwide", wholeShop),
            cancel);

    /// <param name="Before">Places of products bought before the day in question, ascending; 0: a product without a place; empty: nothing.</param>
    /// <param name="After">Places of those bought from then on.</param>
    private sealed record Purchases(string Id, int Segment, uint[] Before, uint[] After)
    {
        /// <summary>The first places that the customer has not bought.</summary>
        public IEnumerable<uint> FreePlaces(int count, int last)
        {
            int at = 0;
            for (uint place = 1; count > 0 && place <= last; place++)
            {
                while (at < Before.Length && Before[at] < place)
                    at++;
                if (at < Before.Length && Before[at] == place)
                    continue;
                count--;
                yield return place;
            }
        }
    }
}
