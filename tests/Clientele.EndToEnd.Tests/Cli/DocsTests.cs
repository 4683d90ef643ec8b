using System.Text.RegularExpressions;
using Clientele.Settings;

namespace Clientele.Tests.Cli;

/// <summary>What the documentation says is so: its commands run, and every setting stands in it.</summary>
public sealed partial class DocsTests
{
    public static TheoryData<string> Pages => [.. Directory.EnumerateFiles(Path.Combine(TestData.Checkout, "docs", "guide"), "*.md").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Pages))]
    public async Task Every_command_on_a_page_runs(string page)
    {
        using var folder = new TempFolder();
        await CliProcess.Succeed(folder.Path, "data", "generate", ".", "--customers", "500", "--quiet");
        File.Copy(folder["orders.csv"], folder["new-orders.csv"]);
        string text = File.ReadAllText(Path.Combine(TestData.Checkout, "docs", "guide", page));
        if (!text.Contains("clientele init shop", StringComparison.Ordinal))
            await CliProcess.Succeed(folder.Path, "init", "shop", "--source", "orders.csv");

        foreach (Match block in Blocks().Matches(text))
            foreach (string line in block.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                Assert.StartsWith("clientele ", line, StringComparison.Ordinal);
                await CliProcess.Succeed(folder.Path, [.. Words().Matches(line).Skip(1).Select(word => word.Value.Trim('"'))]);
            }
    }

    [Fact]
    public async Task Every_command_of_the_README_runs()
    {
        using var folder = new TempFolder();
        await CliProcess.Succeed(folder.Path, "data", "generate", ".", "--customers", "400", "--quiet");
        File.Copy(folder["orders.csv"], folder["new.csv"]);

        var commands = File.ReadLines(Path.Combine(TestData.Checkout, "README.md"))
            .Where(line => line.StartsWith("./clientele ", StringComparison.Ordinal)).Select(line => line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]).ToList();
        foreach (string[] command in commands)
            await CliProcess.Succeed(folder.Path, command);

        Assert.Equal(["demo", "init", "run", "predict"], commands.Select(command => command[0]));
    }

    [Fact]
    public void Every_setting_stands_in_the_file_that_init_writes()
    {
        string yaml = WorkspaceTemplate.Render(Preset.All[0], ["orders.csv"], new() { Customer = "c", OrderedAt = "d" }, [], [], workbook: false);
        string reader = string.Concat(Directory.EnumerateFiles(Path.Combine(TestData.Checkout, "src", "Clientele", "Settings"), "SettingsFile*.cs").Select(File.ReadAllText));

        Assert.Empty(
            from Match key in Keys().Matches(reader)
            where !yaml.Contains($"{key.Groups[1].Value}:", StringComparison.Ordinal)
            select key.Groups[1].Value);
    }

    [Fact]
    public void Links_between_pages_lead_somewhere() =>
        Assert.Empty(
            from page in Directory.EnumerateFiles(TestData.Checkout, "*.md").Concat(Directory.EnumerateFiles(Path.Combine(TestData.Checkout, "docs"), "*.md", SearchOption.AllDirectories))
            from Match link in Links().Matches(File.ReadAllText(page))
            let target = link.Groups[1].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
            where !Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, target))
            select $"{page}: {target}");

    [GeneratedRegex(@"^```sh\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();
    [GeneratedRegex(@"(?:section|file)\.(?:Text|Texts|Flag|Number|OptionalNumber|Date|Range|Word|Required|Section|Sections)\(""([a-z_]+)""")]
    private static partial Regex Keys();
    [GeneratedRegex(@"""[^""]*""|\S+")]
    private static partial Regex Words();
    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Links();
}
