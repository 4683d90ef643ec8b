using Clientele.Models;
using Clientele.Pipeline;
using Clientele.Problems;
using Clientele.Registry;
using Clientele.Server.Challengers;
using Clientele.Server.Logging;
using Clientele.Settings;

namespace Clientele.Server.Models;

/// <summary>The workspace's store, and the versions that answer now.</summary>
internal sealed class ServedModels : IAsyncDisposable
{
    private const int Kept = 6;

    private readonly SemaphoreSlim one = new(1), judging = new(1);
    private readonly List<ServedModel> recent = [];
    private readonly LiveSettings settings;
    private volatile Lineup lineup;

    private ServedModels(WorkspaceStore store, LiveSettings settings, PredictionLog log, Shadow shadow, ServedModel first)
    {
        (Store, this.settings, Log, Shadow, lineup) = (store, settings, log, shadow, new(first, Challenger.None, 0, Challenger.None));
        recent.Add(first);
    }

    public WorkspaceStore Store { get; }
    /// <summary>The workspace's section <c>serve</c>, as it counts now.</summary>
    public ServeSettings Settings => settings.Now;
    public PredictionLog Log { get; }
    public Shadow Shadow { get; }
    /// <summary>The champion.</summary>
    public ServedModel Current => lineup.Champion;
    public Lineup Lineup => lineup;
    /// <summary>Why the champion of the store does not answer though an earlier one does; null: it answers.</summary>
    public Problem? Refused { get; private set; }
    /// <summary>Why the settings as they are now do not count; null: they do.</summary>
    public Problem? SettingsProblem => settings.Problem;
    /// <summary>Settings that were changed and count only when the service starts again.</summary>
    public IReadOnlyList<string> SettingsWaiting => settings.Waiting;

    /// <exception cref="ProblemException"><c>models/*</c>: there is no sound champion.</exception>
    public static async Task<ServedModels> Open(ServeOptions options, TimeProvider clock, CancellationToken cancel)
    {
        var store = await WorkspaceStore.Open(options.Workspace, clock, cancel);
        try
        {
            if ((await store.Models.Versions(store.Name, cancel)).Count == 0)
                throw new ProblemException(new("models/none", $"{store.Name} has no model to serve yet.", $"Make one: clientele run {options.Workspace}."));
            var sound = await store.Models.SoundChampion(store.Name, store.Bundles, cancel);
            var settings = new LiveSettings(options.Workspace, store.Serving);
            var log = new PredictionLog(options.Workspace, settings.Now, clock);
            var shadow = new Shadow();
            var champion = await Load(store, log, shadow, sound.Version, sound.Folder, cancel);
            var models = new ServedModels(store, settings, log, shadow, champion) { Refused = sound.Refused is [var first, ..] ? first : null };
            models.LineUp(await models.Beside(champion, cancel));
            return models;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Looks whether the champion is another one, and lets it answer from then on. One that is not sound is refused, and the present one goes on. Then looks what the settings say, and who is to be tried.</summary>
    /// <exception cref="ProblemException">The store is away, or the champion is not sound.</exception>
    public async Task Follow(CancellationToken cancel)
    {
        await one.WaitAsync(cancel);
        try
        {
            settings.Look();
            Log.Follow(settings.Now);
            var (champion, refused) = await NextChampion(cancel);
            Refused = refused?.Problem;
            LineUp(await Beside(champion, cancel));
            if (refused is not null)
                throw refused;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>A version beside the champion. One at a time: it takes the cores for a moment.</summary>
    public async Task<ModelPromotion> Judge(long version, CancellationToken cancel)
    {
        await judging.WaitAsync(cancel);
        try
        {
            return await ModelPromotion.Judge(Store, await Store.Models.Version(Store.Name, version, cancel), cancel);
        }
        finally
        {
            judging.Release();
        }
    }

    private void LineUp(Lineup next)
    {
        lineup = next;
        Shadow.Follow(next);
    }

    private async Task<(ServedModel Champion, ProblemException? Refused)> NextChampion(CancellationToken cancel)
    {
        if (await Store.Models.Called(Store.Name, ModelRegistry.Champion, cancel) is not { } called || called.Version == Current.Version.Version)
            return (Current, null);
        try
        {
            return (await Get(called, cancel), null);
        }
        catch (ProblemException unsound)
        {
            return (Current, unsound);
        }
    }

    private async Task<Lineup> Beside(ServedModel champion, CancellationToken cancel)
    {
        var (canary, shadow) = (settings.Now.Canary, settings.Now.Shadow);
        return new(champion, canary.Percent > 0 ? await Challenged(champion, canary.Alias, cancel) : Challenger.None, canary.Percent, shadow is null ? Challenger.None : await Challenged(champion, shadow, cancel));
    }

    private async Task<Challenger> Challenged(ServedModel champion, string alias, CancellationToken cancel)
    {
        var called = await Store.Models.Called(Store.Name, alias, cancel);
        if (called is null || called.Version == champion.Version.Version)
            return new(alias);
        try
        {
            var model = await Get(called, cancel);
            return Challenger.Unlike(champion, model) is { } problem ? new(alias, null, problem) : new(alias, model);
        }
        catch (ProblemException unsound)
        {
            return new(alias, null, unsound.Problem);
        }
    }

    // In memory, where it was in use a moment ago: a challenger becomes champion at once, and a champion can be taken back.
    private async Task<ServedModel> Get(ModelVersion version, CancellationToken cancel)
    {
        var model = recent.Find(known => known.Version == version) ?? await Load(Store, Log, Shadow, version, await Store.Models.Files(version, Store.Bundles, cancel), cancel);
        recent.Remove(model);
        recent.Add(model);
        if (recent.Count > Kept)
            recent.RemoveAt(0);
        return model;
    }

    /// <summary>A version, whether it is the champion or not.</summary>
    /// <exception cref="ProblemException"><c>models/*</c>: it is gone, or not sound.</exception>
    public async Task<ServedModel> Of(long version, CancellationToken cancel)
    {
        await one.WaitAsync(cancel);
        try
        {
            if (recent.Find(known => known.Version.Version == version) is { } known)
                return known;
        }
        finally
        {
            one.Release();
        }
        var asked = await Store.Models.Version(Store.Name, version, cancel);
        return await Load(Store, Log, Shadow, asked, await Store.Models.Files(asked, Store.Bundles, cancel), cancel);
    }

    private static async Task<ServedModel> Load(WorkspaceStore store, PredictionLog log, Shadow shadow, ModelVersion version, string folder, CancellationToken cancel)
    {
        var bundle = ModelBundle.Load(folder);
        string? run = null;
        try
        {
            run = store.FolderOf(await store.Runs.Get(version.Run, cancel));
        }
        catch (ProblemException unknown) when (unknown.Problem.Kind == "runs/unknown")
        {
            // A bundle that was brought here from elsewhere: it answers all the same, but knows no customers.
        }
        if (!Directory.Exists(run))
            run = null;
        return new(version, bundle, run, log, shadow);
    }

    public async ValueTask DisposeAsync()
    {
        one.Dispose();
        judging.Dispose();
        await Shadow.DisposeAsync();
        await Log.DisposeAsync();
        await Store.DisposeAsync();
    }
}
