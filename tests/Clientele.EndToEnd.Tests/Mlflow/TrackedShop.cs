using System.Text;
using Clientele.Artifacts;
using Clientele.Mlflow;
using Clientele.Models;
using Clientele.Pipeline;
using Clientele.Registry;
using Clientele.Tests.Cli;
using Clientele.Tests.Stores;
using Clientele.Tests.TestServers.Mlflow;
using Clientele.Tracking;

namespace Clientele.Tests.Mlflow;

/// <summary>A workspace with runs of all kinds, in a folder that is gone after the test: one with parts, long series, odd names and files; one that failed; and a model that serves.</summary>
internal sealed class TrackedShop : IAsyncDisposable
{
    // In memory where there is such a place: thousands of flushed writes take minutes on a slow disk.
    private readonly TempFolder folder = Directory.Exists("/dev/shm") ? new("/dev/shm") : new();
    private WorkspaceStore? store;

    public string Folder => folder.Path;
    public WorkspaceStore Store => store!;
    public FakeClock Clock { get; } = new();

    /// <param name="points">Of one long series.</param>
    public static async Task<TrackedShop> Create(int points = 5)
    {
        var shop = new TrackedShop();
        await File.WriteAllTextAsync(shop.folder["clientele.yaml"], "name: Shop\nsources: [{files: orders.csv}]\ncolumns: {invoice: Invoice, customer: Customer, ordered_at: Date}\n");
        shop.store = await WorkspaceStore.Open(shop.Folder, shop.Clock);
        await shop.Fill(points);
        return shop;
    }

    /// <summary>The same once more, with nothing sent of it yet.</summary>
    public async Task<TrackedShop> Copy()
    {
        var copy = new TrackedShop();
        await store!.DisposeAsync();
        foreach (string file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            string to = copy.folder[Path.GetRelativePath(Folder, file)];
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
        store = await WorkspaceStore.Open(Folder, Clock);
        copy.store = await WorkspaceStore.Open(copy.Folder, copy.Clock);
        return copy;
    }

    public Task<ExportReport> Push(MlflowServer server, MlflowPatience? patience = null, bool files = true) =>
        MlflowExport.Push(Store, "shop", MlflowAddress.Parse(server.Url), files, patience ?? Patient, TimeProvider.System, TestContext.Current.CancellationToken);

    /// <summary>Tries often, and at once.</summary>
    public static MlflowPatience Patient { get; } = new(4, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(30));

    /// <summary>Tries once.</summary>
    public static MlflowPatience Hasty { get; } = Patient with { Attempts = 1 };

    /// <summary>Adds a run that ended, with a file.</summary>
    public async Task<string> AddRun(string id, RunFacts facts, RunState state = RunState.Completed, string? reason = null, int parts = 0)
    {
        Clock.Advance(TimeSpan.FromMinutes(1));
        var created = await Store.Runs.Create(new() { Experiment = "shop", Id = id, CodeVersion = "0.1.0", SettingsDigest = new('5', 64) });
        await using var run = await Store.Runs.Claim(created.Id);
        string home = folder["runs", id];
        Directory.CreateDirectory(Path.Combine(home, "model"));
        await File.WriteAllTextAsync(Path.Combine(home, "report.html"), $"<p>{id}</p>");
        await File.WriteAllTextAsync(Path.Combine(home, "model", "a b%+é.json"), id);
        var files = new List<RunArtifact>();
        foreach (string name in (string[])["report.html", "model/a b%+é.json"])
            files.Add(new(name, await ObjectNames.DigestOf(Path.Combine(home, name), default), new FileInfo(Path.Combine(home, name)).Length));
        await run.Record(facts with { Artifacts = files, Folder = home });
        for (int k = 2; k < 2 + parts; k++)
            await run.AddChild(new() { Kind = "study", Name = $"k = {k}" }, new() { Params = new Dictionary<string, string> { ["k"] = $"{k}" }, Metrics = [new("silhouette", 1.0 / k, k)] });
        Clock.Advance(TimeSpan.FromSeconds(3));
        await run.End(state, reason);
        return run.Id;
    }

    public async Task<ModelVersion> AddVersion(string run, string content)
    {
        string bundle = Directory.CreateDirectory(folder["new"]).FullName;
        var files = new Dictionary<string, byte[]> { ["model.json"] = Encoding.UTF8.GetBytes(content), ["settings.json"] = "{}"u8.ToArray() };
        files[BundleManifest.Name] = BundleManifest.Of(files, 1);
        foreach (var (name, bytes) in files)
            await File.WriteAllBytesAsync(Path.Combine(bundle, name), bytes);
        return await Store.Models.Register("shop", bundle, run, new("tester", "because"));
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        folder.Dispose();
    }

    private async Task Fill(int points)
    {
        string first = await AddRun("20260301-080000", new()
        {
            Params = new Dictionary<string, string> { ["k"] = "4", ["a:b"] = "odd", ["long"] = new('ü', 6_000) },
            Tags = new Dictionary<string, string> { ["shop"] = "Köln" },
            Metrics = [new("silhouette", 0.5), new("none", double.NaN), new("much", double.PositiveInfinity), new("little", double.NegativeInfinity), .. Enumerable.Range(0, points).Select(step => new MetricPoint("loss", 1.0 / (1 + step), step))],
            Datasets = new Dictionary<string, string> { ["orders.csv"] = new('d', 64) },
        }, parts: 2);
        await AddRun("20260302-080000", new() { Params = new Dictionary<string, string> { ["k"] = "5" } }, RunState.Failed, "The disk is full.");
        var version = await AddVersion(first, "a");
        await Store.Models.Promote("shop", version.Version, new("tester", "because"));
    }
}
