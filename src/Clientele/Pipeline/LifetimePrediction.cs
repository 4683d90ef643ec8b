using Clientele.Cleaning;
using Clientele.Lifetime;
using Clientele.Models;
using Clientele.Problems;
using Clientele.Sources;

namespace Clientele.Pipeline;

/// <summary>A workspace's orders as they are now, valued by the model that its newest <c>lifetime fit</c> or <c>run</c> left.</summary>
/// <param name="Cutoff">First day that is not known.</param>
/// <param name="Until">First day after the window.</param>
/// <param name="Customers">Ascending by id.</param>
public sealed record LifetimePrediction(LifetimeValuation Valuation, DateOnly Cutoff, DateOnly Until, IReadOnlyList<CustomerValue> Customers)
{
    /// <param name="asOf">Lines on that day count; null: the day before the model's cut-off, or the last day of the orders if that is later.</param>
    /// <param name="output">A .csv or .parquet file; null: CSV to standard output.</param>
    public static async Task<LifetimePrediction> Write(
        string workspace, DateOnly? asOf, string? output, Func<Stream> standardOutput, int threads, IProgress<StepProgress>? progress, CancellationToken cancel)
    {
        var steps = new StepClock(progress);
        return await Read(workspace, asOf, threads, steps, _ => { }, async (engines, prediction) =>
        {
            steps.Begin("write");
            bool parquet = output is not null && output.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase);
            await ResultFile.Write(output, standardOutput, stream => CustomerValueRows.Write(engines.Reader, prediction.Customers.ToAsyncEnumerable(), null, parquet ? null : stream, parquet ? stream : null, cancel));
            steps.End(output ?? "standard output");
            return prediction;
        }, cancel);
    }

    /// <summary>The values alone; nothing is written.</summary>
    public static async Task<LifetimePrediction> Of(string workspace, DateOnly? asOf, int threads, IProgress<StepProgress>? progress, CancellationToken cancel) =>
        await Read(workspace, asOf, threads, new(progress), _ => { }, (_, prediction) => Task.FromResult(prediction), cancel);

    /// <summary>Why one customer is worth what the model says.</summary>
    /// <exception cref="ProblemException"><c>lifetime/unknown-customer</c>.</exception>
    public static async Task<LifetimeExplanation> Explain(
        string workspace, string customer, DateOnly? asOf, int threads, IProgress<StepProgress>? progress, CancellationToken cancel)
    {
        (ValuedBlock Block, int Row)? found = null;
        return await Read(workspace, asOf, threads, new(progress), Seek, (engines, prediction) => LifetimeExplanation.Of(engines.Worker, prediction, customer, found, cancel), cancel);

        void Seek(ValuedBlock block)
        {
            if (block.Snapshot.Customers.ToList().IndexOf(customer) is >= 0 and var row)
                found = (block, row);
        }
    }

    private static async Task<T> Read<T>(
        string workspace, DateOnly? asOf, int threads, StepClock steps, Action<ValuedBlock> each, Func<EnginePair, LifetimePrediction, Task<T>> use, CancellationToken cancel)
    {
        var bundle = ValuationBundle.Load(Path.Combine(workspace, "runs", RunFolder.LatestLifetime, "model"));
        var (settings, valuation) = (bundle.Settings, bundle.Valuation.Learned);
        steps.Begin("ingest");
        using var plain = PlainSources.Begin(workspace, settings, cancel);
        await using var engines = await EnginePair.Open(settings, threads, cancel);
        var (source, ledger, _) = await OrderIntake.Read(engines, workspace, settings, plain, asOf is { } day ? AsOf.EndOf(day) : null, steps, cancel);
        steps.End($"{ledger.Read.Rows:N0} rows   {ledger.Kept.Rows:N0} kept   {ledger.Quarantined:N0} quarantined");
        LifetimeStep.RequireMoney(source.Fields);

        steps.Begin("value");
        var learnt = valuation.Cutoff.AddDays(-1);
        var known = asOf ?? (ledger.LastDay > learnt ? ledger.LastDay : learnt);
        var (cutoff, horizon) = (known.AddDays(1), valuation.Ahead);
        await PurchaseDays.Gather(engines.Worker, cancel);
        var values = new List<RankedValue>();
        var all = await Everybody.Value(engines.Worker, valuation, cutoff, horizon.After(cutoff), (settings.Lifetime ?? new()).DiscountRate, block =>
        {
            values.AddRange(block.Values);
            each(block);
        }, threads, cancel);
        steps.End($"{values.Count:N0} customers as of {known:yyyy-MM-dd}");
        return await use(engines, new(valuation, cutoff, horizon.After(cutoff), [.. values.Select(all.Deciles.Place)]));
    }
}
