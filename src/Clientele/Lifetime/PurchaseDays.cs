using System.Runtime.CompilerServices;
using Clientele.Engines;

namespace Clientele.Lifetime;

/// <summary>The days that customers bought on, in the engine: snapshots of any cut-off are taken of them.</summary>
public static class PurchaseDays
{
    private static readonly Sql Fill = new("Lifetime/purchase_days.sql");
    private static readonly Sql Snapshot = new("Lifetime/snapshot.sql");

    /// <summary>Makes <c>purchase_days</c> of <c>orders</c>.</summary>
    /// <param name="work">The engine that holds <c>orders</c>.</param>
    public static async Task Gather(EngineClient work, CancellationToken cancel = default)
    {
        await work.Execute(Sql.Text("DROP TABLE IF EXISTS purchase_days"), cancel: cancel);
        await work.Execute(Sql.Text("CREATE TABLE purchase_days (customer String, day Date, orders UInt32, spend Decimal(38, 4)) ENGINE = Memory"), cancel: cancel);
        await work.Execute(Fill, cancel: cancel);
    }

    /// <summary>One row for each customer who had bought before <paramref name="cutoff"/>.</summary>
    /// <param name="work">The engine that holds <c>purchase_days</c>.</param>
    /// <param name="until">First day after the window; equal to the cut-off for no window.</param>
    /// <param name="sample">Who is looked at; null: everybody.</param>
    public static async Task<LifetimeSnapshot> At(EngineClient work, DateOnly cutoff, DateOnly until, CustomerSample? sample = null, CancellationToken cancel = default)
    {
        var rows = await Rows(work, cutoff, until, cancel);
        await foreach (bool _ in work.Query(Snapshot, rows.Read, Parameters(cutoff, until, sample ?? CustomerSample.Everybody), cancel))
        {
        }
        return rows.Take();
    }

    /// <summary>The same of everybody, as snapshots of <paramref name="size"/> customers one after another: so many customers can be valued that no memory holds them at once.</summary>
    /// <param name="size">≥ 1; the last block may be smaller. Where nobody had bought there is one block, with nobody in it. Targets are zeros.</param>
    public static async IAsyncEnumerable<LifetimeSnapshot> Blocks(
        EngineClient work, DateOnly cutoff, DateOnly until, int size = 50_000, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var rows = await Rows(work, cutoff, until, cancel);
        bool any = false;
        await foreach (bool row in work.Query(Snapshot, rows.Read, Parameters(cutoff, until, CustomerSample.Everybody), cancel))
        {
            any = row;
            if (rows.Count == size)
                yield return rows.Take().WithoutTargets();
        }
        if (rows.Count > 0 || !any)
            yield return rows.Take().WithoutTargets();
    }

    private static SqlParameters Parameters(DateOnly cutoff, DateOnly until, CustomerSample sample) =>
        new SqlParameters().Add("cutoff", cutoff).Add("until", until).Add("most_hash", sample.MostHash);

    private static async Task<SnapshotRows> Rows(EngineClient work, DateOnly cutoff, DateOnly until, CancellationToken cancel) =>
        new(cutoff, until, (await DailyOrders.Before(work, cutoff, cancel)).Season(cutoff, until.DayNumber - cutoff.DayNumber));
}
