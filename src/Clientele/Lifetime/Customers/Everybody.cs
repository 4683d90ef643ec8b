using Clientele.Engines;

namespace Clientele.Lifetime;

/// <summary>All customers of a workspace, valued block by block: what they come to is kept, each of them is handed on.</summary>
/// <param name="Sum">Of all.</param>
/// <param name="Deciles">Known when the last one is valued.</param>
/// <param name="Best">The <see cref="MostBest"/> best by mean, equal ones by id.</param>
/// <param name="Base">Of everybody's explanation.</param>
/// <param name="Drivers">Likewise.</param>
public sealed record Everybody(ValueSum Sum, ValueDeciles Deciles, IReadOnlyList<CustomerValue> Best, double Base, IReadOnlyList<Driver> Drivers)
{
    /// <summary>So many are shown by name.</summary>
    public const int MostBest = 12;

    /// <param name="work">The engine that holds <c>purchase_days</c>.</param>
    /// <param name="each">Gets every block, ascending by id.</param>
    public static async Task<Everybody> Value(
        EngineClient work, LifetimeValuation valuation, DateOnly cutoff, DateOnly until, double annualRate, Action<ValuedBlock> each, int threads = 0, CancellationToken cancel = default)
    {
        var (sum, ranks) = (new ValueSum(), new List<decimal>());
        IEnumerable<RankedValue> best = [];
        ValueContributions? why = null;
        await foreach (var snapshot in PurchaseDays.Blocks(work, cutoff, until, cancel: cancel))
        {
            var block = ValuedBlock.Of(valuation, snapshot, annualRate, threads, cancel);
            foreach (var customer in block.Values)
            {
                sum.Add(customer.Value);
                ranks.Add(customer.Rank);
            }
            best = [.. best.Concat(block.Values).OrderByDescending(customer => customer.Value.Mean).ThenBy(customer => customer.Value.Customer, StringComparer.Ordinal).Take(MostBest)];
            why = block.Why;
            each(block);
        }
        var deciles = ValueDeciles.Of([.. ranks]);
        return new(sum, deciles, [.. best.Select(deciles.Place)], why!.Base, why.Drivers);
    }
}
