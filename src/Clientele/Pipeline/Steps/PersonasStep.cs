using Clientele.Artifacts;
using Clientele.Cleaning;
using Clientele.Engines;
using Clientele.Features;
using Clientele.Personas;
using Clientele.Segments;
using Clientele.Settings;
using Clientele.Sources;

namespace Clientele.Pipeline;

/// <summary>Gives segments a face, and tries what would be recommended to them.</summary>
internal sealed class PersonasStep(WorkspaceSettings settings) : IStep
{
    public const string StepName = "personas";
    public static readonly Artifact<PersonaSet> Personas = Artifact<PersonaSet>.Json(StepName, "personas.json", new FeatureProfileJson());

    /// <summary>Days at the end of the data on which recommendations are tried.</summary>
    private const int TestDays = 60;

    public string Name => StepName;
    public IReadOnlyList<string> After => [IngestStep.StepName, CleanStep.StepName, FeaturesStep.StepName, SegmentStep.StepName];
    public object Settings => new { settings.Name, settings.Currency, settings.Seed, Outputs = new { Recommendations = settings.Outputs.Recommendations > 0 } };

    public async Task<string> Run(StepContext run, CancellationToken cancel)
    {
        var engine = await run.Tables.Orders(cancel);
        var (fields, ledger, segmentation) = (run.Read(IngestStep.Source).Fields, run.Read(CleanStep.Ledger), SegmentStep.Segmentation(run.Results));
        await run.Tables.HaveSegments(segmentation, cancel);
        run.Progress.Report("habits");
        var habits = await HabitCounts.Of(engine, segmentation.Clusters, fields, cancel);
        run.Progress.Report("names, stories and rules");
        var personas = PersonaBuilder.Build(new(segmentation, fields, habits, settings.Name, settings.Currency, settings.Seed), cancel);
        run.Progress.Report("next-best products");
        await run.Tables.Settled;
        run.Leave(Personas, new(personas, await Test(engine, fields, ledger, segmentation.Clusters, run.Threads, cancel)));
        return string.Join(", ", personas.Select(persona => persona.Name));
    }

    // All that the test learns is from the days before it: features, fit and rankings. Only k is given.
    private async Task<HitRate?> Test(EngineClient engine, SourceFields fields, Ledger ledger, int clusters, int threads, CancellationToken cancel)
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
        await SegmentTable.Create(engine, new("segments_before"), before, divided.Labels, divided.Outliers, cancel);
        var rate = await NextBestProducts.Test(engine, ledger.LastDay, new("segments_before"), testDays: TestDays, cancel: cancel);
        await engine.Execute(Sql.Text("DROP TABLE segments_before"), cancel: cancel);
        return rate.Customers == 0 ? null : rate;
    }
}

/// <param name="HitRate">Null when nothing is recommended, or there are too few days or customers to test on.</param>
internal sealed record PersonaSet(IReadOnlyList<Persona> Personas, HitRate? HitRate);
