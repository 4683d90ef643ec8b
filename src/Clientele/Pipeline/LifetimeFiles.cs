using Clientele.Engines;
using Clientele.Models;
using Clientele.Settings;

namespace Clientele.Pipeline;

/// <summary>Writes <c>lifetime/*</c> of a run, and <c>model/lifetime</c> to value customers with again.</summary>
internal static class LifetimeFiles
{
    public const string Folder = "lifetime";

    public static async Task Write(RunFolder run, EngineClient engine, WorkspaceSettings settings, LifetimeWork work, CancellationToken cancel)
    {
        await using (var csv = Open("customers.csv", settings.Outputs.Csv))
        await using (var parquet = Open("customers.parquet", settings.Outputs.Parquet))
            await CustomerValueRows.Write(engine, work.Valued.Customers, work.PersonaOf, csv, parquet, cancel);
        await using (var csv = Open("contributions.csv", settings.Outputs.Csv))
        await using (var parquet = Open("contributions.parquet", settings.Outputs.Parquet))
            await ContributionRows.Write(engine, work.Today.Customers, work.Forecast, work.Why, csv, parquet, cancel);
        RunJson.Write(run.PathOf(Folder, "portfolio.json"), work.Valued.Portfolio);
        if (work.Valued.Contest is { } contest)
            RunJson.Write(run.PathOf(Folder, "contest.json"), contest);
        new ValuationBundle(settings, work.Valuation).Save(run.PathOf("model", Folder));

        FileStream? Open(string name, bool wanted) => wanted ? File.Create(run.PathOf(Folder, name)) : null;
    }
}
