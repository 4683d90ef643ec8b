using Clientele.Artifacts;
using Clientele.Cleaning;
using Clientele.Settings;

namespace Clientele.Pipeline;

/// <summary>Removes lines by rules: the orders that all else is made from, and the ledger.</summary>
internal sealed class CleanStep(WorkspaceSettings settings) : IStep
{
    public const string StepName = "clean";
    public static readonly Artifact<Ledger> Ledger = Artifact<Ledger>.Json(StepName, "ledger.json");
    public static readonly Artifact<KeptRows> Kept = Artifact<KeptRows>.Json(StepName, "kept.json");

    public string Name => StepName;
    public IReadOnlyList<string> After => [IngestStep.StepName];
    public object Settings => new { settings.Cleaning, Features = new { settings.Features.AsOf } };

    public async Task<string> Run(StepContext run, CancellationToken cancel)
    {
        var work = await run.Tables.Lines(cancel);
        var ledger = await Cleaner.Clean(work, settings.Cleaning, AsOf.Of(settings.Features), run.Read(IngestStep.Source), cancel);
        await run.Tables.HaveOrders(run.LeaveLater(Kept, KeptRows.Of(work, cancel)), cancel);
        run.Leave(Ledger, ledger);
        return $"{ledger.Kept.Rows:N0} kept";
    }
}
