using Clientele.Settings;

namespace Clientele.Pipeline;

/// <summary>Writes <c>lifetime/*</c>: what every customer will be worth, why, and what they come to together.</summary>
/// <param name="personas">Whether the run has personas.</param>
internal sealed class LifetimeTablesStep(WorkspaceSettings settings, bool personas) : IStep
{
    public const string StepName = "lifetime-tables";

    public string Name => StepName;
    public IReadOnlyList<string> After => personas ? [LifetimeStep.StepName, FeaturesStep.StepName, SegmentStep.StepName, PersonasStep.StepName] : [LifetimeStep.StepName];
    public object Settings => new { Outputs = new { settings.Outputs.Csv, settings.Outputs.Parquet } };

    public async Task<string> Run(StepContext run, CancellationToken cancel)
    {
        if (LifetimeStep.Of(run.Results) is not { } work)
            return "nothing to write";
        var engine = (await run.Engines(cancel)).Reader;
        await run.LeaveTable("lifetime/customers", settings.Outputs, (csv, parquet) => CustomerValueRows.Write(engine, work.Valued.Customers, work.PersonaOf, csv, parquet, cancel));
        await run.LeaveTable("lifetime/contributions", settings.Outputs, (csv, parquet) => ContributionRows.Write(engine, work.Today.Customers, work.Forecast, work.Why, csv, parquet, cancel));
        await run.LeaveFile("lifetime/portfolio.json", file => RunJson.Write(file, work.Valued.Portfolio));
        if (work.Valued.Contest is { } contest)
            await run.LeaveFile("lifetime/contest.json", file => RunJson.Write(file, contest));
        return $"{work.Valued.Customers.Count:N0} customers";
    }
}
