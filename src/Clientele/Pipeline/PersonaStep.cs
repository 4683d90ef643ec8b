using Clientele.Cleaning;
using Clientele.Engines;
using Clientele.Features;
using Clientele.Personas;
using Clientele.Segments;
using Clientele.Settings;
using Clientele.Sources;

namespace Clientele.Pipeline;

/// <summary>Tells the engine who belongs where, asks it for habits, and makes the personas.</summary>
/// <param name="HitRate">Null when nothing is recommended, or there are too few days or customers to test on.</param>
internal sealed record PersonaStep(IReadOnlyList<Persona> Personas, HitRate? HitRate)
{
    /// <summary>Days at the end of the data on which recommendations are tried.</summary>
    private const int TestDays = 60;

    public static async Task<PersonaStep> Describe(
        EngineClient engine, WorkspaceSettings settings, SourceFields fields, Ledger ledger, Segmentation segmentation, int threads, IProgress<string>? progress, CancellationToken cancel)
    {
        await Tell(engine, "segments", segmentation.Features, segmentation.Labels, segmentation.Outliers, cancel);
        progress?.Report("habits");
        var habits = await HabitCounts.Of(engine, segmentation.Clusters, fields, cancel);
        progress?.Report("names, stories and rules");
        var personas = PersonaBuilder.Build(new(segmentation, fields, habits, settings.Name, settings.Currency, settings.Seed), cancel);
        progress?.Report("next-best products");
        return new(personas, await Test(engine, settings, fields, ledger, segmentation.Clusters, threads, cancel));
    }

    // All that the test learns is from the days before it: features, fit and rankings. Only k is given.
    private static async Task<HitRate?> Test(
        EngineClient engine, WorkspaceSettings settings, SourceFields fields, Ledger ledger, int clusters, int threads, CancellationToken cancel)
    {
        var from = ledger.LastDay.AddDays(1 - TestDays);
        if (settings.Outputs.Recommendations == 0 || !fields.Product || from.AddDays(-TestDays) < ledger.FirstDay)
            return null;
        await engine.Execute(Sql.Text("RENAME TABLE orders TO orders_whole"), cancel: cancel);
        FeatureTable before;
        try
        {
            await Cleaner.CreateOrders(engine, "orders", ledger.Kept.Rows, cancel);
            await engine.Execute(
                Sql.Text("INSERT INTO orders SELECT * FROM orders_whole WHERE toDate(ordered_at) < {from:Date}"), new SqlParameters().Add("from", from), cancel);
            before = await FeatureSnapshot.Build(engine, settings.Features with { TargetUntil = null }, fields, AsOf.Before(from), cancel);
        }
        finally
        {
            await engine.Execute(Sql.Text("DROP TABLE IF EXISTS orders"), cancel: CancellationToken.None);
            await engine.Execute(Sql.Text("RENAME TABLE orders_whole TO orders"), cancel: CancellationToken.None);
        }
        if (Segmenter.Divide(before, settings, clusters, threads, cancel) is not { } divided)
            return null;
        await Tell(engine, "segments_before", before, divided.Labels, divided.Outliers, cancel);
        var rate = await NextBestProducts.Test(engine, ledger.LastDay, new("segments_before"), testDays: TestDays, cancel: cancel);
        await engine.Execute(Sql.Text("DROP TABLE segments_before"), cancel: cancel);
        return rate.Customers == 0 ? null : rate;
    }

    private static async Task Tell(
        EngineClient engine, string table, FeatureTable features, IReadOnlyList<int> labels, IReadOnlyList<bool> outliers, CancellationToken cancel)
    {
        var name = new Identifier(table);
        await engine.Execute(Sql.Text($"DROP TABLE IF EXISTS {name}"), cancel: cancel);
        await engine.Execute(Sql.Text($"CREATE TABLE {name} (customer String, segment UInt32, outlier UInt8) ENGINE = Memory"), cancel: cancel);
        await engine.Insert(table, ["customer", "segment", "outlier"], (writer, _) =>
        {
            for (int i = 0; i < labels.Count; i++)
            {
                writer.WriteString(features.Customers[i]);
                writer.WriteUInt32((uint)labels[i] + 1);
                writer.WriteBool(outliers[i]);
            }
            return Task.CompletedTask;
        }, cancel);
    }
}
