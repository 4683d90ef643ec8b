using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Clientele.Pipeline;
using Clientele.Tests.Cli;
using Clientele.Tracking;

namespace Clientele.Tests.Pipeline;

/// <summary>A generated shop whose run takes about a second, in a folder that is gone after the test.</summary>
internal sealed class SmallShop : IDisposable
{
    private readonly TempFolder folder = new();

    public string Folder => folder.Path;

    public string this[params string[] parts] => folder[["shop", .. parts]];

    public static async Task<SmallShop> Create(int customers)
    {
        var shop = new SmallShop();
        await CliProcess.Succeed(shop.Folder, "data", "generate", "shop", "--customers", $"{customers}", "--seed", "11", "--quiet");
        await CliProcess.Succeed(shop.Folder, "init", "shop", "--source", "shop/orders.csv", "--name", "Shop");
        shop.Change("resamples: 50", "resamples: 5");
        return shop;
    }

    public void Change(string from, string to)
    {
        string path = this["clientele.yaml"], yaml = File.ReadAllText(path);
        Assert.Contains(from, yaml, StringComparison.Ordinal);
        File.WriteAllText(path, yaml.Replace(from, to, StringComparison.Ordinal));
    }

    /// <returns>Digests of the newest run's files by name, all but run.json's.</returns>
    public async Task<SortedDictionary<string, string>> Run(params string[] options)
    {
        await CliProcess.Succeed(Folder, ["run", "shop", "--quiet", .. options]);
        return Digests();
    }

    public SortedDictionary<string, string> Digests()
    {
        string latest = this["runs", "latest"];
        return new(Directory.EnumerateFiles(latest, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) != "run.json")
            .ToDictionary(path => Path.GetRelativePath(latest, path), path => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))), StringComparer.Ordinal);
    }

    /// <summary>Starts the command line and goes on. It hears an interrupt also when these tests were started in the background of a shell, which makes everything below deaf to it.</summary>
    public Process Start(params string[] words)
    {
        string cli = Path.Combine(TestData.Checkout, "src", "Clientele.Cli", "bin", "Release", "net10.0", "Clientele.Cli.dll");
        var process = Process.Start(new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", cli, .. words]) { WorkingDirectory = Folder, RedirectStandardError = true, RedirectStandardOutput = true })!;
        _ = process.StandardOutput.ReadToEndAsync();
        return process;
    }

    /// <summary>Steps that a run would do.</summary>
    public async Task<IReadOnlyList<string>> Planned()
    {
        var plan = JsonDocument.Parse(await CliProcess.Succeed(Folder, "run", "shop", "--dry-run", "--json")).RootElement;
        return [.. plan.GetProperty("steps").EnumerateArray().Where(step => !step.GetProperty("cached").GetBoolean()).Select(step => step.GetProperty("step").GetString()!)];
    }

    /// <summary>Runs as the store has them, the newest first.</summary>
    public async Task<IReadOnlyList<Run>> Runs()
    {
        await using var store = await WorkspaceStore.Open(folder["shop"], TimeProvider.System);
        await store.Runs.NoticeDead();
        return [.. (await store.Runs.Find(new())).Rows.Select(row => row.Run)];
    }

    /// <summary>The steps of a run as the store has them.</summary>
    public async Task<IReadOnlyList<Step>> Steps(string run)
    {
        await using var store = await WorkspaceStore.Open(folder["shop"], TimeProvider.System);
        return (await store.Runs.Details(run)).Steps;
    }

    /// <summary>Id of the run that was begun last.</summary>
    public async Task<string> LastRun() => (await Runs())[0].Id;

    public void Forget()
    {
        Directory.Delete(this[".clientele"], recursive: true);
        Directory.Delete(this["runs"], recursive: true);
    }

    public void Dispose() => folder.Dispose();
}
