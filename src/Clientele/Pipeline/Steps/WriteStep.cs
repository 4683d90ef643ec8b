using Clientele.Artifacts;
using Clientele.Personas;
using Clientele.Reports;
using Clientele.Segments;
using Clientele.Settings;

namespace Clientele.Pipeline;

/// <summary>Writes the tables that people and programs take away: ledger, segments, personas, recommendations.</summary>
internal sealed class WriteStep(WorkspaceSettings settings) : IStep
{
    public const string StepName = "write";
    public static readonly Artifact<IReadOnlyList<SegmentOffers>> Offers = Artifact<IReadOnlyList<SegmentOffers>>.Json(StepName, "offers.json");

    public string Name => StepName;
    public IReadOnlyList<string> After => [IngestStep.StepName, CleanStep.StepName, FeaturesStep.StepName, SegmentStep.StepName, PersonasStep.StepName];
    public object Settings => new { Outputs = new { settings.Outputs.Csv, settings.Outputs.Parquet, settings.Outputs.Recommendations } };

    public async Task<string> Run(StepContext run, CancellationToken cancel)
    {
        var (ledger, features, segmentation) = (run.Read(CleanStep.Ledger), run.Read(FeaturesStep.Table), SegmentStep.Segmentation(run.Results));
        var personas = run.Read(PersonasStep.Personas).Personas;
        await run.LeaveFile("ledger.json", file => RunJson.Write(file, LedgerDocument.Of(ledger, features)));
        await run.LeaveFile("personas.json", file => RunJson.Write(file, personas));
        if (settings.Outputs.Csv)
            await run.LeaveFile("personas.csv", file => PersonaCsv.Write(file, personas));
        var engines = await run.Engines(cancel);
        await run.LeaveTable("segments", settings.Outputs, (csv, parquet) => SegmentRows.Write(
            engines.Reader, features, new(segmentation.Labels, segmentation.Distances, segmentation.SecondNearest, segmentation.Outliers),
            [.. personas.Select(persona => persona.Name)], csv, parquet, cancel));
        var offers = new OfferCount();
        if (settings.Outputs.Recommendations > 0 && run.Read(IngestStep.Source).Fields.Product)
            await Recommendations(run, segmentation, ledger.LastDay, offers, cancel);
        run.Leave(Offers, offers.Top());
        return $"{features.Customers.Count:N0} customers";
    }

    private async Task Recommendations(StepContext run, Segmentation segmentation, DateOnly lastDay, OfferCount offers, CancellationToken cancel)
    {
        var work = await run.Tables.Orders(cancel);
        await run.Tables.HaveSegments(segmentation, cancel);
        var rows = NextBestProducts.For(work, lastDay, settings.Outputs.Recommendations, cancel).Select(row =>
        {
            offers.Add(row);
            return row;
        });
        OutputColumn<Recommendation>[] columns =
        [
            new("customer", "String", (writer, row) => writer.WriteString(row.Customer)),
            new("segment", "UInt32", (writer, row) => writer.WriteUInt32((uint)row.Segment)),
            new("rank", "UInt32", (writer, row) => writer.WriteUInt32((uint)row.Rank)),
            new("product", "String", (writer, row) => writer.WriteString(row.Product)),
            new("description", "String", (writer, row) => writer.WriteString(row.Description)),
        ];
        var reader = (await run.Engines(cancel)).Reader;
        await run.LeaveTable("recommendations", settings.Outputs, (csv, parquet) => OutputTable.Write(reader, columns, rows, csv, parquet, cancel));
    }
}
