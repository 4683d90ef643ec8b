using Clientele.Artifacts;
using Clientele.Cleaning;
using Clientele.Problems;
using Clientele.Settings;
using Clientele.Sources;

namespace Clientele.Pipeline;

/// <summary>Lets models compete over the past, and values every customer with the best. It knows nothing of segments, so dividing customers otherwise does not touch it.</summary>
internal sealed class LifetimeStep(WorkspaceSettings settings, LifetimeSettings wanted) : IStep
{
    public const string StepName = "lifetime";

    private static readonly Artifact<Found> Work = Artifact<Found>.Json(StepName, "work.json");

    public string Name => StepName;
    public IReadOnlyList<string> After => [IngestStep.StepName, CleanStep.StepName];
    public object Settings => new { settings.Seed, Lifetime = wanted };

    /// <summary>What was found, with totals by persona where there are some; null when it was not asked for, or the source has no money.</summary>
    public static LifetimeWork? Of(RunResults run)
    {
        if (!run.Has(StepName) || run.Read(Work).Work is not { } work)
            return null;
        if (!run.Has(PersonasStep.StepName))
            return work;
        var (segmentation, personas) = (SegmentStep.Segmentation(run), run.Read(PersonasStep.Personas).Personas);
        return work.With(segmentation.Features.Customers.Zip(segmentation.Labels, (customer, label) => (customer, personas[label].Name)), [.. personas.Select(persona => persona.Name)]);
    }

    public static void RequireMoney(SourceFields fields)
    {
        if (!fields.Money)
            throw new ProblemException(new(
                "lifetime/no-money", "The source has no price or line total, so there is no spend to predict.", "Map 'price' or 'line_total' under 'columns' in clientele.yaml."));
    }

    public async Task<string> Run(StepContext run, CancellationToken cancel)
    {
        LifetimeWork? work = null;
        if (run.Read(IngestStep.Source).Fields.Money)
        {
            var ledger = run.Read(CleanStep.Ledger);
            work = await LifetimeWork.Learn(
                await run.Tables.Orders(cancel), wanted, settings.Seed, ledger, AsOf.Of(settings.Features) ?? AsOf.EndOf(ledger.LastDay), run.Threads, run.Progress, cancel);
        }
        run.Leave(Work, new(work));
        return work?.Outcome ?? "the source has no money";
    }

    private sealed record Found(LifetimeWork? Work);
}
