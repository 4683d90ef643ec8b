using Clientele.Artifacts;
using Clientele.Lifetime;
using Clientele.Settings;

namespace Clientele.Pipeline;

/// <summary>Writes <c>lifetime/*</c>: what every customer will be worth, why, and what they come to together.</summary>
/// <param name="personas">Whether the run has personas.</param>
internal sealed class LifetimeTablesStep(WorkspaceSettings settings, bool personas) : IStep
{
    public const string StepName = "lifetime-tables";

    private static readonly Artifact<Groups> ByPersona = Artifact<Groups>.Json(StepName, "personas.json");

    public string Name => StepName;
    public IReadOnlyList<string> After => personas ? [LifetimeStep.StepName, FeaturesStep.StepName, SegmentStep.StepName, PersonasStep.StepName] : [LifetimeStep.StepName];
    public object Settings => new { Outputs = new { settings.Outputs.Csv, settings.Outputs.Parquet } };

    /// <summary>What was found, with totals by persona where there are some; null when it was not asked for, or the source has no money.</summary>
    public static LifetimeWork? Of(RunResults run) => LifetimeStep.Of(run)?.With(run.Read(ByPersona).Personas);

    public async Task<string> Run(StepContext run, CancellationToken cancel)
    {
        if (LifetimeStep.Of(run.Results) is not { } work)
            return "nothing to write";
        var (names, personaOf) = personas ? Personas(run.Results) : ([], null);
        var totals = personaOf is null ? [] : await Portfolio.ByPersona(Values(), personaOf, names, cancel);
        run.Leave(ByPersona, new(totals));
        var (engine, valued) = ((await run.Engines(cancel)).Reader, work.With(totals).Valued);
        await run.LeaveTable("lifetime/customers", settings.Outputs, (csv, parquet) => CustomerValueRows.Write(engine, Values(), personaOf, csv, parquet, cancel));
        await run.LeaveTable("lifetime/contributions", settings.Outputs, (csv, parquet) => ContributionRows.Write(engine, LifetimeStep.Rows(run.Results, work, cancel), work.Base, work.Drivers, csv, parquet, cancel));
        await run.LeaveFile("lifetime/portfolio.json", file => RunJson.Write(file, valued.Portfolio));
        if (valued.Contest is { } contest)
            await run.LeaveFile("lifetime/contest.json", file => RunJson.Write(file, contest));
        return $"{valued.Portfolio.Total.Customers:N0} customers";

        IAsyncEnumerable<CustomerValue> Values() => LifetimeStep.Rows(run.Results, work, cancel).Select(row => row.Value);
    }

    private static (string[] Names, Dictionary<string, string> PersonaOf) Personas(RunResults run)
    {
        var (segmentation, known) = (SegmentStep.Segmentation(run), run.Read(PersonasStep.Personas).Personas);
        return ([.. known.Select(persona => persona.Name)],
            segmentation.Features.Customers.Zip(segmentation.Labels).ToDictionary(each => each.First, each => known[each.Second].Name, StringComparer.Ordinal));
    }

    private sealed record Groups(IReadOnlyList<ValueOfGroup> Personas);
}
