using Clientele.Cleaning;
using Clientele.Personas;
using Clientele.Reports;
using Clientele.Segments;
using Clientele.Settings;
using Clientele.Sources;

namespace Clientele.Pipeline;

/// <summary>Writes what a run found: ledger, segments, personas, values, recommendations and the report.</summary>
internal static class RunArtifacts
{
    public static async Task Write(
        RunFolder run, EnginePair engines, WorkspaceSettings settings, SourceFields fields, Ledger ledger,
        Segmentation segmentation, IReadOnlyList<Persona> personas, HitRate? hitRate, LifetimeWork? lifetime, CancellationToken cancel)
    {
        RunJson.Write(run.PathOf("ledger.json"), LedgerDocument.Of(ledger, segmentation.Features));
        PersonaFiles.Write(run, personas, settings.Outputs.Csv);
        await using (var csv = Open(run, "segments.csv", settings.Outputs.Csv))
        await using (var parquet = Open(run, "segments.parquet", settings.Outputs.Parquet))
            await SegmentRows.Write(engines.Reader, segmentation.Features, new(segmentation.Labels, segmentation.Distances, segmentation.SecondNearest, segmentation.Outliers),
                [.. personas.Select(persona => persona.Name)], csv, parquet, cancel);
        if (lifetime is not null)
            await LifetimeFiles.Write(run, engines.Reader, settings, lifetime, cancel);
        var offers = new OfferCount();
        if (settings.Outputs.Recommendations > 0 && fields.Product)
            await Recommendations(run, engines, settings, ledger.LastDay, offers, cancel);
        if (settings.Outputs.Report)
        {
            await using var page = File.Create(run.PathOf("report.html"));
            ReportPage.Write(page, new(settings, fields, ledger, segmentation, personas, ProductVersion.Text) { HitRate = hitRate, Offers = offers.Top(), Lifetime = lifetime?.Valued });
        }
    }

    private static async Task Recommendations(RunFolder run, EnginePair engines, WorkspaceSettings settings, DateOnly lastDay, OfferCount offers, CancellationToken cancel)
    {
        var rows = NextBestProducts.For(engines.Worker, lastDay, settings.Outputs.Recommendations, cancel).Select(row =>
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
        await using var csv = Open(run, "recommendations.csv", settings.Outputs.Csv);
        await using var parquet = Open(run, "recommendations.parquet", settings.Outputs.Parquet);
        await OutputTable.Write(engines.Reader, columns, rows, csv, parquet, cancel);
    }

    private static FileStream? Open(RunFolder run, string name, bool wanted) => wanted ? File.Create(run.PathOf(name)) : null;
}
