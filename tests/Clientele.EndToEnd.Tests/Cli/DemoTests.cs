using System.Text.Json;

namespace Clientele.Tests.Cli;

public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_ends_with_personas_and_a_report()
    {
        using var folder = new TempFolder();

        string output = await CliProcess.Succeed(folder.Path, "demo");

        string latest = folder["demo-shop", "runs", "latest"];
        var personas = JsonDocument.Parse(File.ReadAllText(Path.Combine(latest, "personas.json"))).RootElement;
        Assert.InRange(personas.GetArrayLength(), 4, 8);
        foreach (var persona in personas.EnumerateArray())
            Assert.Contains(persona.GetProperty("name").GetString()!, output, StringComparison.Ordinal);
        Assert.Contains("report.html", output, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(Path.Combine(latest, "report.html")).Length, 10_000, 1_500_000);
        Assert.All(
            ["segments.csv", "segments.parquet", "personas.json", "personas.csv", "recommendations.csv", "recommendations.parquet", "ledger.json", "quarantine.csv", "manifest.json", "run.json", "model/manifest.json"],
            name => Assert.True(File.Exists(Path.Combine(latest, name)), name));

        var again = JsonDocument.Parse(await CliProcess.Succeed(folder.Path, "demo", "--json", "--quiet")).RootElement;
        Assert.Equal(personas.EnumerateArray().Select(persona => persona.GetProperty("name").GetString()), again.GetProperty("segments").EnumerateArray().Select(segment => segment.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Same_seed_gives_the_same_bytes_on_one_thread_and_on_two()
    {
        using var folder = new TempFolder();
        await CliProcess.Succeed(folder.Path, "data", "generate", "shop", "--customers", "800", "--seed", "11");
        await CliProcess.Succeed(folder.Path, "init", "shop", "--source", "shop/orders.csv");

        var first = await Digests(folder, "--threads", "1");
        var again = await Digests(folder, "--threads", "1");
        var two = await Digests(folder, "--threads", "2");

        Assert.Equal(first, again);
        Assert.Equal(first, two);
        Assert.NotEqual(first, await Digests(folder, "--seed", "43"));
    }

    private static async Task<SortedDictionary<string, string>> Digests(TempFolder folder, params string[] options)
    {
        await CliProcess.Succeed(folder.Path, ["run", "shop", "--fresh", "--quiet", .. options]);
        string latest = folder["shop", "runs", "latest"];
        return new(Directory.EnumerateFiles(latest, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) != "run.json")
            .ToDictionary(
                path => Path.GetRelativePath(latest, path),
                path => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))), StringComparer.Ordinal);
    }
}
