using Clientele.Cleaning;
using Clientele.Engines;
using Clientele.Features;
using Clientele.Models;
using Clientele.Registry;
using Clientele.Segments;
using Clientele.Settings;

namespace Clientele.Pipeline;

/// <summary>A model that assigns customers, and what is asked of it: the road that <c>predict</c> and runs that score share.</summary>
/// <param name="Version">Its number in the registry; null: it is the newest run's, and has none.</param>
/// <param name="Digest">Of its manifest, which names every file's.</param>
internal sealed record Scoring(ModelBundle Bundle, long? Version, string Digest)
{
    /// <summary>The champion, if its files are sound; else the champion before; where there is none, the model of the newest run.</summary>
    public static async Task<Scoring> Champion(string workspace, WorkspaceSettings settings, TimeProvider clock, CancellationToken cancel)
    {
        await using var store = await WorkspaceStore.Open(workspace, settings, clock, cancel);
        if (await store.Models.Called(store.Name, ModelRegistry.Champion, cancel) is null)
            return await In(Path.Combine(workspace, "runs", RunFolder.Latest, "model"), null, cancel);
        var sound = await store.Models.SoundChampion(store.Name, store.Bundles, cancel);
        return await In(sound.Folder, sound.Version.Version, cancel);
    }

    /// <summary>What a workspace's orders are read and cleaned by so that its model can assign them: all that decides features is the model's.</summary>
    /// <param name="now">The workspace's.</param>
    public WorkspaceSettings SettingsFor(WorkspaceSettings now) => now with
    {
        Cleaning = Bundle.Settings.Cleaning,
        Features = Bundle.Settings.Features with { AsOf = now.Features.AsOf, TargetUntil = null },
        Outliers = Bundle.Settings.Outliers,
        Preparation = Bundle.Settings.Preparation,
        Segmentation = Bundle.Settings.Segmentation,
        Seed = Bundle.Settings.Seed,
    };

    /// <param name="work">The engine that holds <c>orders</c>.</param>
    /// <param name="asOf">Null: the later of the model's reference date and the last day of the orders, which counts.</param>
    /// <returns>A row of features for every customer.</returns>
    public Task<FeatureTable> Features(EngineClient work, Ledger ledger, AsOf? asOf, CancellationToken cancel) => FeatureSnapshot.Build(
        work, Bundle.Settings.Features with { HomeCountry = Bundle.HomeCountry, TargetUntil = null }, Bundle.Fields,
        asOf ?? AsOf.EndOf(ledger.LastDay > Bundle.ReferenceDate ? ledger.LastDay : Bundle.ReferenceDate), cancel);

    public SegmentAssignment Assign(FeatureTable features, int threads) => Bundle.Model.Assign(features, threads);

    /// <summary>Segment 1 first.</summary>
    public IReadOnlyList<string> Personas => [.. Bundle.Segments.Select(segment => segment.Persona)];

    /// <summary>A bundle in a folder, checked.</summary>
    public static async Task<Scoring> In(string folder, long? version, CancellationToken cancel)
    {
        var bundle = ModelBundle.Load(folder);
        return new(bundle, version, await Digests.OfFile(Path.Combine(folder, BundleManifest.Name), cancel));
    }
}
