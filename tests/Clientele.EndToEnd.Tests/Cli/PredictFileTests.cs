using System.Text.Json;
using Clientele.Tests.Serving;

namespace Clientele.Tests.Cli;

/// <summary><c>clientele predict FILE</c>: the rows of a file by the champion, as a batch of the service assigns them.</summary>
public sealed class PredictFileTests(TrainedShop shop) : IClassFixture<TrainedShop>
{
    [Fact]
    public async Task Features_orders_and_customers_of_one_shop_get_the_segments_of_its_run()
    {
        string[] run = File.ReadAllLines(shop["runs", "latest", "segments.csv"]), names = run[0].Replace("\"", "", StringComparison.Ordinal).Split(',');
        (string, string, string, string)[] segments = [.. run.Skip(1).Select(line => line.Replace("\"", "", StringComparison.Ordinal).Split(',')).Select(cells => (cells[0], cells[1], cells[3], cells[4]))];
        File.WriteAllText(In("customers.csv"), "customer\n" + string.Concat(segments.Select(customer => $"{customer.Item1}\n")) + "nobody\n");

        var features = await CliProcess.Run(shop.Home, "predict", "shop/runs/latest/segments.csv", "--workspace", "shop");
        var known = await CliProcess.Run(shop.Home, "predict", "customers.csv", "--workspace", "shop", "--quarantine", "aside.csv", "--out", "known.jsonl");
        await CliProcess.Succeed(shop.Home, "predict", "shop/runs/latest/segments.parquet", "--workspace", "shop", "--out", "parquet.jsonl", "--quiet");

        Assert.Equal(segments, features.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Replace("\"", "", StringComparison.Ordinal).Split(',')).Select(cells => (cells[1], cells[2], cells[4], cells[6])));
        Assert.Contains($"{segments.Length:N0} rows of features read, 0 set aside", features.Error, StringComparison.Ordinal);
        Assert.Contains("Columns that nothing was asked of:", features.Error, StringComparison.Ordinal);
        Assert.Equal(segments.Select(customer => customer.Item1 + customer.Item2), Lines("known.jsonl"));
        Assert.Equal(segments.Select(customer => customer.Item1 + customer.Item2), Lines("parquet.jsonl"));
        Assert.Contains($"line {segments.Length + 2}: The model's run did not assign such a customer.", known.Error, StringComparison.Ordinal);
        Assert.StartsWith($"line,kind,reason,row\n{segments.Length + 2},row/unknown-customer,", File.ReadAllText(In("aside.csv")), StringComparison.Ordinal);

        var dry = await CliProcess.Run(shop.Home, "predict", "shop/orders.csv", "--workspace", "shop", "--dry-run", "--out", "no.csv");
        Assert.Contains("rows of orders, to be assigned by", dry.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(In("no.csv")));
        var wrong = await CliProcess.Run(shop.Home, "predict", "shop", "--workspace", "shop");
        Assert.Equal((2, true), (wrong.ExitCode, wrong.Error.Contains("--orders", StringComparison.Ordinal)));

        IEnumerable<string> Lines(string file) => File.ReadLines(In(file)).Select(line => JsonDocument.Parse(line).RootElement).Select(row => row.GetProperty("id").GetString() + row.GetProperty("segment").GetInt32());
    }

    [Fact]
    public async Task What_it_cannot_do_is_said_before_it_works_and_where_the_rows_are_of_which_it_tells_three()
    {
        File.WriteAllText(In("bad.csv"), "customer\n" + string.Concat(Enumerable.Range(0, 5).Select(i => $"nobody {i}\n")));
        Assert.Contains("… and 2 more. All of them, with line and reason: --quarantine FILE.", (await CliProcess.Run(shop.Home, "predict", "bad.csv", "--workspace", "shop")).Error, StringComparison.Ordinal);
        await Refused("There is no folder for no/where.csv.", "bad.csv", "--out", "no/where.csv");
        await Refused("There is no folder for no/aside.csv.", "bad.csv", "--quarantine", "no/aside.csv");
        await Refused("say which it shall be: --format csv", "bad.csv", "--out", "result.xlsx");
        await Refused("--orders FILE", "orders.csv.gz");

        async Task Refused(string why, params string[] words)
        {
            var refused = await CliProcess.Run(shop.Home, ["predict", .. words, "--workspace", "shop"]);
            Assert.Equal(2, refused.ExitCode);
            Assert.Contains(why, refused.Error, StringComparison.Ordinal);
        }
    }

    private string In(string file) => Path.Combine(shop.Home, file);
}
