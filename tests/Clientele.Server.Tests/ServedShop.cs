using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Clientele.Access;
using Clientele.Models;
using Clientele.Pipeline;
using Clientele.Registry;
using Clientele.Server;
using Clientele.Settings;
using Clientele.Tests.Attacks;
using Clientele.Tracking;

namespace Clientele.Tests;

/// <summary>A workspace with a model, served at a free port by the real service; gone after the test.</summary>
internal sealed class ServedShop : IAsyncDisposable
{
    private static readonly Act Because = new("tester", "because");
    private readonly DirectoryInfo folder;

    private ServedShop(DirectoryInfo folder) => this.folder = folder;

    public string Folder => folder.FullName;
    public Service Service { get; private set; } = null!;
    public HttpClient Http { get; private set; } = null!;
    public ModelBundle Bundle { get; private set; } = null!;

    /// <param name="settings">More of clientele.yaml.</param>
    /// <param name="keys">Makes keys before the service starts.</param>
    /// <param name="files">Of the run that made the bundle, by path.</param>
    /// <param name="shape">Of the bundle; a plain k-means over <c>retail_15</c> when left out.</param>
    public static async Task<ServedShop> Start(Func<ulong, ModelBundle>? shape = null, Func<ServeOptions, ServeOptions>? options = null, string settings = "", Func<ApiKeys, Task>? keys = null, IReadOnlyDictionary<string, byte[]>? files = null)
    {
        var shop = new ServedShop(Directory.CreateTempSubdirectory("clientele-served-"));
        try
        {
            return await Open(shop, shape, options, settings, keys, files);
        }
        catch
        {
            shop.folder.Delete(recursive: true);
            throw;
        }
    }

    private static async Task<ServedShop> Open(
        ServedShop shop, Func<ulong, ModelBundle>? shape, Func<ServeOptions, ServeOptions>? options, string settings, Func<ApiKeys, Task>? keys, IReadOnlyDictionary<string, byte[]>? files)
    {
        shop.Set(settings);
        shop.Bundle = (shape ?? (seed => Bundles.Segments(seed)))(1);
        if (files is not null)
            await shop.AddRun("made", files);
        await shop.Promote(shop.Bundle, files is null ? "run" : "made");
        if (keys is not null)
            await using (var store = await WorkspaceStore.Open(shop.Folder, TimeProvider.System))
                await keys(store.Keys);
        var asked = new ServeOptions(shop.Folder) { Urls = "http://127.0.0.1:0" };
        shop.Service = await Service.Start(options?.Invoke(asked) ?? asked, TimeProvider.System);
        shop.Http = new() { BaseAddress = shop.Service.Addresses[0] };
        return shop;
    }

    /// <summary>All that the service says it does.</summary>
    public async Task<IReadOnlyList<Operation>> Operations() => Operation.Of((await Get("/openapi/v1.json")).Body, Bundle.Model.Space.Columns);

    /// <summary>Registers a bundle and makes it champion, as another process would.</summary>
    public async Task<long> Promote(ModelBundle bundle, string run = "run")
    {
        long version = await Register(bundle, run);
        await Move(version);
        return version;
    }

    /// <summary>Makes a version champion, as another process would, whatever there is against it.</summary>
    public async Task Move(long version)
    {
        await using var store = await WorkspaceStore.Open(Folder, TimeProvider.System);
        await store.Models.Promote(store.Name, version, Because);
    }

    public async Task<long> Register(ModelBundle bundle, string run = "run")
    {
        string at = Path.Combine(Folder, $"made-{Guid.NewGuid():N}");
        bundle.Save(at);
        await using var store = await WorkspaceStore.Open(Folder, TimeProvider.System);
        var version = await store.Models.Register(store.Name, at, run, Because);
        return version.Version;
    }

    /// <summary>A run that is completed, as far as others look at it.</summary>
    public async Task AddRun(string id, IReadOnlyDictionary<string, byte[]> files)
    {
        string at = Path.Combine(Folder, "runs", id);
        foreach (var (name, content) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(at, name))!);
            await File.WriteAllBytesAsync(Path.Combine(at, name), content);
        }
        await using var store = await WorkspaceStore.Open(Folder, TimeProvider.System);
        await using var held = await store.Runs.Claim((await store.Runs.Create(new() { Id = id })).Id);
        await held.Record(new() { Folder = at });
        await held.End(RunState.Completed);
    }

    /// <summary>Writes clientele.yaml anew, as an editor does.</summary>
    /// <param name="more">What it says beside the source and its columns.</param>
    public void Set(string more)
    {
        string path = Path.Combine(Folder, SettingsFile.Name), aside = $"{path}.new";
        File.WriteAllText(aside, "name: Shop\nsources:\n  - files: [orders.csv]\ncolumns:\n  invoice: invoice\n  customer: customer\n  ordered_at: ordered_at\n" + more);
        File.Move(aside, path, overwrite: true);
    }

    /// <summary>Points a name to a version, as another process would; to none where there is none.</summary>
    public async Task Call(string alias, long? version)
    {
        await using var store = await WorkspaceStore.Open(Folder, TimeProvider.System);
        await (version is { } number ? store.Models.Move(store.Name, alias, number, Because) : store.Models.RemoveAlias(store.Name, alias, Because));
    }

    /// <summary>Damages the largest file of a version where the store keeps it.</summary>
    public void FlipAByteOf(long version)
    {
        string made = Directory.EnumerateDirectories(Folder, "made-*").OrderBy(Directory.GetCreationTimeUtc).ElementAt((int)version - 1);
        long length = Directory.EnumerateFiles(made).Max(file => new FileInfo(file).Length);
        string stored = Directory.EnumerateFiles(Path.Combine(Folder, "objects"), "*", SearchOption.AllDirectories).First(file => new FileInfo(file).Length == length);
        byte[] bytes = File.ReadAllBytes(stored);
        bytes[bytes.Length / 2] ^= 1;
        File.SetAttributes(stored, FileAttributes.Normal);
        File.WriteAllBytes(stored, bytes);
    }

    /// <summary>Waits until something is so that comes by itself.</summary>
    public static async Task Until(Func<Task<bool>> isSo)
    {
        for (int attempt = 0; attempt < 600 && !await isSo(); attempt++)
            await Task.Delay(50);
        Assert.True(await isSo());
    }

    public async Task<(int Status, JsonElement Body)> Post(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var response = await Http.PostAsync(new Uri(path, UriKind.Relative), content);
        return ((int)response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }

    public Task<(int Status, JsonElement Body)> Post<T>(string path, T body) => Post(path, JsonSerializer.Serialize(body));

    /// <summary>A line of <c>/metrics</c>, its number; null: there is no such line.</summary>
    public async Task<double?> Metric(string series)
    {
        string text = await Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return text.Split('\n').FirstOrDefault(line => line.StartsWith($"{series} ", StringComparison.Ordinal)) is { } line ? double.Parse(line[(series.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture) : null;
    }

    public async Task<(int Status, JsonElement Body)> Get(string path)
    {
        using var response = await Http.GetAsync(new Uri(path, UriKind.Relative));
        return ((int)response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }

    /// <summary>Ends the service, so that others can serve the workspace.</summary>
    public async Task Stop()
    {
        if (Http is null)
            return;
        Http.Dispose();
        Http = null!;
        await Service.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        folder.Delete(recursive: true);
    }
}
