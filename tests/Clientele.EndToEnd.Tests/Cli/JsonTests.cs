using System.Text.Json;
using System.Text.RegularExpressions;
using Clientele.Tests.Serving;

namespace Clientele.Tests.Cli;

/// <summary>Machines get an answer from every command.</summary>
public sealed partial class JsonTests
{
    [Fact]
    public async Task Every_command_takes_json()
    {
        var commands = await Leaves([]);

        Assert.True(commands.Count > 35);
        Assert.Empty(commands.Where(command => !command.Help.Contains("--json ", StringComparison.Ordinal)).Select(command => command.Name));
    }

    [Fact]
    public async Task What_is_made_assigned_and_served_is_told_in_one_document()
    {
        using var folder = new TempFolder();

        var made = await Answer("data", "generate", ".", "--customers", "200");
        Assert.True(File.Exists(folder[Text(made, "orders")]) && File.Exists(folder[Text(made, "truth")]));
        Assert.Equal(File.ReadLines(folder["orders.csv"]).Count() - 1, made.GetProperty("lines").GetInt64());
        var settings = await Answer("init", "shop", "--source", "orders.csv");
        Assert.Equal(("shop/clientele.yaml", 0), (Text(settings, "path"), settings.GetProperty("unmapped").GetArrayLength()));
        await CliProcess.Succeed(folder.Path, "run", "shop", "--quiet");

        var rows = await Answer("predict", "shop/runs/latest/segments.csv", "--workspace", "shop", "--out", "rows.csv");
        Assert.Equal((File.ReadLines(folder["rows.csv"]).Count() - 1, "features", "rows.csv"), (rows.GetProperty("customers").GetInt32(), Text(rows, "kind"), Text(rows, "output")));
        var looked = await Answer("predict", "shop/runs/latest/segments.csv", "--workspace", "shop", "--dry-run");
        Assert.Equal((rows.GetProperty("rows").GetInt64(), true), (looked.GetProperty("rows").GetInt64(), looked.GetProperty("dry_run").GetBoolean()));
        var orders = await Answer("predict", "shop", "--orders", "orders.csv", "--out", "again.csv");
        Assert.Equal(File.ReadLines(folder["again.csv"]).Count() - 1, orders.GetProperty("customers").GetInt32());

        // Rows and the answer cannot both go to standard output.
        foreach (string[] words in (string[][])[["predict", "shop/runs/latest/segments.csv", "-w", "shop", "--json"], ["predict", "shop", "--orders", "orders.csv", "--json"]])
        {
            var refused = await CliProcess.Run(folder.Path, words);
            Assert.Equal((2, ""), (refused.ExitCode, refused.Output));
            Assert.Contains("--out FILE", refused.Error, StringComparison.Ordinal);
        }

        await using var served = await ServedProgram.Start(folder["shop"], "--no-scheduler", "--json");
        var ready = JsonDocument.Parse(await served.FirstLine()).RootElement;
        Assert.Equal((served.Address, "shop", 1), (new Uri(Assert.Single(ready.GetProperty("urls").EnumerateArray()).GetString()!), Text(ready, "model"), ready.GetProperty("model_version").GetInt32()));

        async Task<JsonElement> Answer(params string[] words) => JsonDocument.Parse(await CliProcess.Succeed(folder.Path, [.. words, "--json"])).RootElement;
        static string Text(JsonElement answer, string name) => answer.GetProperty(name).GetString()!;
    }

    private static async Task<IReadOnlyList<(string Name, string Help)>> Leaves(string[] words)
    {
        string help = await CliProcess.Succeed(Path.GetTempPath(), [.. words, "--help"]);
        int list = help.IndexOf("Commands:", StringComparison.Ordinal);
        if (list < 0)
            return [(string.Join(' ', words), help)];
        var below = await Task.WhenAll(Names().Matches(help[list..]).Select(command => Leaves([.. words, command.Groups[1].Value])));
        return [.. below.SelectMany(leaves => leaves)];
    }

    [GeneratedRegex(@"^  ([a-z][a-z-]*)", RegexOptions.Multiline)]
    private static partial Regex Names();
}
