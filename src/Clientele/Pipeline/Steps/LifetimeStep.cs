using System.Runtime.CompilerServices;
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

    private const string Values = "values.rows";

    private static readonly Artifact<Found> Work = Artifact<Found>.Json(StepName, "work.json");

    public string Name => StepName;
    public IReadOnlyList<string> After => [IngestStep.StepName, CleanStep.StepName];
    public object Settings => new { settings.Seed, Lifetime = wanted };

    /// <summary>What was found; null when it was not asked for, or the source has no money.</summary>
    public static LifetimeWork? Of(RunResults run) => run.Has(StepName) ? run.Read(Work).Work : null;

    /// <summary>Everybody's value, ascending by id.</summary>
    /// <param name="work">What was found.</param>
    public static async IAsyncEnumerable<ValueRow> Rows(RunResults run, LifetimeWork work, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await using var file = File.OpenRead(await run.KeptPath(StepName, Values));
        await foreach (var row in ValueFile.Read(file, work.Deciles, work.Drivers, cancel))
            yield return row;
    }

    public static void RequireMoney(SourceFields fields)
    {
        if (!fields.Money)
            throw new ProblemException(new(
                "lifetime/no-money", "The source has no price or line total, so there is no spend to predict.", "Map 'price' or 'line_total' under 'columns' in clientele.yaml."));
    }

    public async Task<string> Run(StepContext run, CancellationToken cancel)
    {
        if (!run.Read(IngestStep.Source).Fields.Money)
        {
            run.Leave(Work, new(null));
            return "the source has no money";
        }
        var ledger = run.Read(CleanStep.Ledger);
        var orders = await run.Tables.Orders(cancel);
        LifetimeWork? work = null;
        await run.LeaveLater(Values, async path =>
        {
            await using var file = run.Results.Files.Create(path);
            using var values = new ValueFile(file);
            work = await LifetimeWork.Learn(
                orders, wanted, settings.Seed, ledger, AsOf.Of(settings.Features) ?? AsOf.EndOf(ledger.LastDay), values, run.Threads, run.Progress, cancel);
            await values.Flush(cancel);
        });
        run.Leave(Work, new(work));
        return work!.Outcome;
    }

    private sealed record Found(LifetimeWork? Work);
}
