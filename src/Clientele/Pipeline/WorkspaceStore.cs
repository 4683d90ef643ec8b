using Clientele.Access;
using Clientele.Problems;
using Clientele.Registry;
using Clientele.Settings;
using Clientele.Storage;
using Clientele.Tracking;

namespace Clientele.Pipeline;

/// <summary>What a workspace remembers: its runs, the models they made, and who may use its service.</summary>
public sealed class WorkspaceStore : IAsyncDisposable
{
    private readonly Store store;

    private WorkspaceStore(Store store, string folder, string name) =>
        (this.store, Name, Bundles, Runs, Experiments, Models, Keys) = (
            store, name, Path.Combine(folder, "bundles"), new(store), new(store), new(store, new ObjectFolder(Path.Combine(folder, ObjectFolder.Name), store.Clock)), new(store));

    /// <summary>What its runs and its model are called in the store, which others may share: the shop's name in small letters.</summary>
    public string Name { get; }
    public Runs Runs { get; }
    public Experiments Experiments { get; }
    public ModelRegistry Models { get; }
    /// <summary>Who may use the service.</summary>
    public ApiKeys Keys { get; }
    /// <summary>Where folders of bundles are kept that were made from objects.</summary>
    public string Bundles { get; }

    /// <param name="folder">The workspace's.</param>
    /// <exception cref="ProblemException">The settings are wrong, or the store cannot be used.</exception>
    public static async Task<WorkspaceStore> Open(string folder, TimeProvider clock, CancellationToken cancel = default)
    {
        var settings = SettingsFile.Load(folder);
        return new(await Store.Open(StoreAddress.Of(folder, settings.Store), clock, cancel), folder, NameOf(settings.Name));
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private static string NameOf(string shop)
    {
        string name = string.Join('-', new string([.. shop.ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return name.Length > 0 ? name : "shop";
    }
}
