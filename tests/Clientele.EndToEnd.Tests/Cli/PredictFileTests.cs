using System.Text.Json;

namespace Clientele.Tests.Cli;

/// <summary><c>clientele predict FILE</c>: the rows of a file by the champion, as a batch of the service assigns them.</summary>
public sealed class PredictFileTests
{
    [Fact]
    public async Task Features_orders_and_customers_of_one_shop_get_the_segments_of_its_run()
    {
        using var folder = new TempFolder();
        await CliProcess.Succeed(folder.Path, "data", "generate", "shop", "--customers", "500", "--seed", "3");
        await CliProcess.Succeed(folder.Path, "init", "shop", "--source", "shop/orders.csv");
        string yaml = File.ReadAllText(folder["shop", "clientele.yaml"]);
        File.WriteAllText(folder["shop", "clientele.yaml"], yaml.Replace("evidence: full", "evidence: plain", StringComparison.Ordinal).Replace("cutoffs: 3", "cutoffs: 1", StringComparison.Ordinal));
        await CliProcess.Succeed(folder.Path, "run", "shop", "--quiet");
        string[] run = File.ReadAllLines(folder["shop", "runs", "latest", "segments.csv"]), names = run[0].Replace("\"", "", StringComparison.Ordinal).Split(',');
        (string, string, string, string)[] segments = [.. run.Skip(1).Select(line => line.Replace("\"", "", StringComparison.Ordinal).Split(',')).Select(cells => (cells[0], cells[1], cells[3], cells[4]))];
        folder.File("customers.csv", "customer\n" + string.Concat(segments.Select(customer => $"{customer.Item1}\n")) + "nobody\n");

        var features = await CliProcess.Run(folder.Path, "predict", "shop/runs/latest/segments.csv", "--workspace", "shop");
        var known = await CliProcess.Run(folder.Path, "predict", "customers.csv", "--workspace", "shop", "--quarantine", "aside.csv", "--out", "known.jsonl");
        await CliProcess.Succeed(folder.Path, "predict", "shop/runs/latest/segments.parquet", "--workspace", "shop", "--out", "parquet.jsonl", "--quiet");

        Assert.Equal(segments, features.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Replace("\"", "", StringComparison.Ordinal).Split(',')).Select(cells => (cells[1], cells[2], cells[4], cells[6])));
        Assert.Contains($"{segments.Length:N0} rows of features read, 0 set aside", features.Error, StringComparison.Ordinal);
        Assert.Contains("Columns that nothing was asked of:", features.Error, StringComparison.Ordinal);
        Assert.Equal(segments.Select(customer => customer.Item1 + customer.Item2), Lines("known.jsonl"));
        Assert.Equal(segments.Select(customer => customer.Item1 + customer.Item2), Lines("parquet.jsonl"));
        Assert.Contains($"line {segments.Length + 2}: The model's run did not assign such a customer.", known.Error, StringComparison.Ordinal);
        Assert.StartsWith($"line,kind,reason,row\n{segments.Length + 2},row/unknown-customer,", File.ReadAllText(folder["aside.csv"]), StringComparison.Ordinal);

        var dry = await CliProcess.Run(folder.Path, "predict", "shop/orders.csv", "--workspace", "shop", "--dry-run", "--out", "no.csv");
        Assert.Contains("rows of orders, to be assigned by", dry.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["no.csv"]));
        var wrong = await CliProcess.Run(folder.Path, "predict", "shop", "--workspace", "shop");
        Assert.Equal((2, true), (wrong.ExitCode, wrong.Error.Contains("--orders", StringComparison.Ordinal)));

        folder.File("bad.csv", "customer\n" + string.Concat(Enumerable.Range(0, 5).Select(i => $"nobody {i}\n")));
        Assert.Contains("… and 2 more. All of them, with line and reason: --quarantine FILE.", (await CliProcess.Run(folder.Path, "predict", "bad.csv", "--workspace", "shop")).Error, StringComparison.Ordinal);
        await Refused("There is no folder for no/where.csv.", "customers.csv", "--out", "no/where.csv");
        await Refused("There is no folder for no/aside.csv.", "customers.csv", "--quarantine", "no/aside.csv");
        await Refused("say which it shall be: --format csv", "customers.csv", "--out", "customers.xlsx");
        await Refused("--orders FILE", "orders.csv.gz");

        async Task Refused(string why, params string[] words)
        {
            var refused = await CliProcess.Run(folder.Path, ["predict", .. words, "--workspace", "shop"]);
            Assert.Equal(2, refused.ExitCode);
            Assert.Contains(why, refused.Error, StringComparison.Ordinal);
        }

        IEnumerable<string> Lines(string file) => File.ReadLines(folder[file]).Select(line => JsonDocument.Parse(line).RootElement).Select(row => row.GetProperty("id").GetString() + row.GetProperty("segment").GetInt32());
    }
}
