using Clientele.Access;
using Clientele.Alerts;
using Clientele.Problems;
using Clientele.Registry;
using Clientele.Schedules;
using Clientele.Settings;
using Clientele.Storage;
using Clientele.Tracking;

namespace Clientele.Pipeline;

/// <summary>What a workspace remembers: its runs, the models they made, and who may use its service.</summary>
public sealed class WorkspaceStore : IAsyncDisposable
{
    private WorkspaceStore(Store store, ObjectsAddress place, string folder, string name, WorkspaceSettings settings)
    {
        (Store, Place, Folder, Name, Bundles) = (store, place, folder, name, Path.Combine(folder, "bundles"));
        Objects = place.Open(store.Clock);
        (Runs, Experiments, Models, Keys, Schedules) = (new(store), new(store), new(store, Objects), new(store), new(store, name));
        (AlertChannels, Alerts, Gates, Serving) = (settings.Alerts, new(store, name, folder, settings.Alerts), settings.Gates, settings.Serve);
    }

    internal Store Store { get; }
    /// <summary>The workspace's.</summary>
    public string Folder { get; }

    /// <summary>What its runs and its model are called in the store, which others may share: the shop's name in small letters.</summary>
    public string Name { get; }
    public Runs Runs { get; }
    public Experiments Experiments { get; }
    public ModelRegistry Models { get; }
    /// <summary>Who may use the service.</summary>
    public ApiKeys Keys { get; }
    /// <summary>Files of models, and of runs where others share the place.</summary>
    public IObjects Objects { get; }
    internal ObjectsAddress Place { get; }
    public ScheduleBook Schedules { get; }
    /// <summary>Who is told what happened.</summary>
    public IReadOnlyList<AlertSettings> AlertChannels { get; }
    public AlertPost Alerts { get; }
    /// <summary>What a model must keep to become champion.</summary>
    public GateSettings Gates { get; }
    /// <summary>How its service is to answer.</summary>
    public ServeSettings Serving { get; }
    /// <summary>Where folders of bundles are kept that were made from objects.</summary>
    public string Bundles { get; }

    /// <param name="folder">The workspace's.</param>
    /// <exception cref="ProblemException">The settings are wrong, or the store cannot be used.</exception>
    public static Task<WorkspaceStore> Open(string folder, TimeProvider clock, CancellationToken cancel = default) => Open(folder, SettingsFile.Load(folder), clock, cancel);

    internal static async Task<WorkspaceStore> Open(string folder, WorkspaceSettings settings, TimeProvider clock, CancellationToken cancel)
    {
        var place = ObjectsAddress.Of(folder, settings.Artifacts);
        return new(await Store.Open(StoreAddress.Of(folder, settings.Store), clock, cancel), place, folder, NameOf(settings.Name), settings);
    }

    /// <summary>Where a run's files are: where it left them, or, of a workspace that was moved, among its runs.</summary>
    internal string FolderOf(Run run) => run.Folder is { } folder && Directory.Exists(folder) ? folder : Path.Combine(Folder, "runs", run.Id);

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    private static string NameOf(string shop)
    {
        string name = string.Join('-', new string([.. shop.ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return name.Length > 0 ? name : "shop";
    }
}
