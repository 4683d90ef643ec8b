using Clientele.Artifacts;
using Clientele.Features;
using Clientele.Lifetime;
using Clientele.Models;
using Clientele.Settings;

namespace Clientele.Pipeline;

/// <summary>Learns system 002's model from the snapshot, and writes what it says of every customer of it.</summary>
/// <param name="alone">Whether it leaves a bundle of its own: the run makes no other.</param>
internal sealed class PublishedModelStep(WorkspaceSettings settings, bool alone) : IStep
{
    public const string StepName = "published-model";

    private static readonly Artifact<Found> Learned = Artifact<Found>.Json(StepName, "fit.json");

    public string Name => StepName;
    public IReadOnlyList<string> After => [FeaturesStep.StepName];
    public object Settings => new { settings.Outputs.Csv, settings.Outputs.Parquet, Bundle = alone ? settings : null };

    /// <summary>Whether a snapshot is made that the model can be learned from: the published columns, with a target.</summary>
    public static bool Applies(FeatureSettings features) => features.Set == FeatureSets.Clv9Published.Name && features.TargetUntil is not null;

    /// <summary>What was learned; null without it, or where the snapshot is too small or has no money.</summary>
    public static PublishedFit? Of(RunResults run) => run.Has(StepName) ? run.Read(Learned).Fit : null;

    public async Task<string> Run(StepContext run, CancellationToken cancel)
    {
        var table = run.Read(FeaturesStep.Table);
        var fit = table.Columns.Count == PublishedModel.Columns.Count && table.Customers.Count >= PublishedFit.LeastCustomers ? PublishedFit.Of(table) : null;
        run.Leave(Learned, new(fit));
        if (fit is null)
            return table.Customers.Count < PublishedFit.LeastCustomers ? "too few customers" : "the source has no money";
        if (alone)
            foreach (var (name, content) in new PublishedBundle(settings, fit.Model).Files())
                await run.LeaveFile($"model/{name}", async file => await file.WriteAsync(content, cancel));
        var engine = (await run.Engines(cancel)).Reader;
        await run.LeaveTable($"lifetime/{PublishedModel.Name}", settings.Outputs, (csv, parquet) => PublishedRows.Write(engine, fit, table, csv, parquet, cancel));
        return FormattableString.Invariant($"{PublishedModel.Name}   RMSE of the test part {fit.Test.Rmse:#,0.00}");
    }

    private sealed record Found(PublishedFit? Fit);
}
