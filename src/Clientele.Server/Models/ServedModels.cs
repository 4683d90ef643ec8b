using Clientele.Lifetime;
using Clientele.Models;
using Clientele.Pipeline;
using Clientele.Problems;
using Clientele.Registry;
using Clientele.Server.Logging;
using Clientele.Settings;
using Microsoft.AspNetCore.Http;

namespace Clientele.Server.Models;

/// <summary>The workspace's store, and the version that answers now.</summary>
internal sealed class ServedModels : IAsyncDisposable
{
    public const string VersionHeader = "Model-Version";
    private const int Kept = 4;

    private readonly SemaphoreSlim one = new(1), judging = new(1);
    private readonly List<ServedModel> recent = [];
    private volatile ServedModel current;

    private ServedModels(WorkspaceStore store, ServeSettings settings, PredictionLog log, ServedModel first)
    {
        (Store, Settings, Log, current) = (store, settings, log, first);
        recent.Add(first);
    }

    public WorkspaceStore Store { get; }
    /// <summary>The workspace's section <c>serve</c>.</summary>
    public ServeSettings Settings { get; }
    public PredictionLog Log { get; }
    public ServedModel Current => current;
    /// <summary>Why the champion of the store does not answer though an earlier one does; null: it answers.</summary>
    public Problem? Refused { get; private set; }

    /// <exception cref="ProblemException"><c>models/*</c>: there is no sound champion.</exception>
    public static async Task<ServedModels> Open(ServeOptions options, TimeProvider clock, CancellationToken cancel)
    {
        var store = await WorkspaceStore.Open(options.Workspace, clock, cancel);
        try
        {
            if ((await store.Models.Versions(store.Name, cancel)).Count == 0)
                throw new ProblemException(new("models/none", $"{store.Name} has no model to serve yet.", $"Make one: clientele run {options.Workspace}."));
            var sound = await store.Models.SoundChampion(store.Name, store.Bundles, cancel);
            var settings = SettingsFile.Load(options.Workspace).Serve;
            var log = new PredictionLog(options.Workspace, settings, clock);
            return new(store, settings, log, await Load(store, log, sound.Version, sound.Folder, cancel)) { Refused = sound.Refused is [var first, ..] ? first : null };
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>The model that answers a request for predictions. The answer names it in a header, in whatever words its body is.</summary>
    public ServedModel For(HttpContext context)
    {
        var model = current;
        context.Features.Set(model);
        context.Response.Headers[VersionHeader] = model.VersionText;
        return model;
    }

    /// <returns>Null: the request did not come so far.</returns>
    public static ServedModel? AnsweredBy(HttpContext context) => context.Features.Get<ServedModel>();

    /// <summary>Looks whether the champion is another one, and lets it answer from then on. One that is not sound is refused, and the present one goes on.</summary>
    /// <returns>The version that took over; null: none did.</returns>
    public async Task<ServedModel?> Follow(CancellationToken cancel)
    {
        await one.WaitAsync(cancel);
        try
        {
            var champion = await Store.Models.Called(Store.Name, ModelRegistry.Champion, cancel);
            if (champion is null || champion.Version == current.Version.Version)
                return null;
            var next = recent.Find(known => known.Version == champion) ?? await Load(Store, Log, champion, await Store.Models.Files(champion, Store.Bundles, cancel), cancel);
            recent.Remove(next);
            recent.Add(next);
            if (recent.Count > Kept)
                recent.RemoveAt(0);
            Refused = null;
            return current = next;
        }
        catch (ProblemException unsound)
        {
            Refused = unsound.Problem;
            throw;
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

    private static async Task<ServedModel> Load(WorkspaceStore store, PredictionLog log, ModelVersion version, string folder, CancellationToken cancel)
    {
        var bundle = ModelBundle.Load(folder);
        string? run = null;
        try
        {
            run = (await store.Runs.Get(version.Run, cancel)).Folder;
        }
        catch (ProblemException unknown) when (unknown.Problem.Kind == "runs/unknown")
        {
            // A bundle that was brought here from elsewhere: it answers all the same, but knows no customers.
        }
        if (!Directory.Exists(run))
            run = null;
        string? published = run is null ? null : Path.Combine(run, "model", PublishedModel.Name);
        return new(version, bundle, Directory.Exists(published) ? PublishedBundle.Load(published).Model : null, run, log);
    }

    public async ValueTask DisposeAsync()
    {
        one.Dispose();
        judging.Dispose();
        await Log.DisposeAsync();
        await Store.DisposeAsync();
    }
}
