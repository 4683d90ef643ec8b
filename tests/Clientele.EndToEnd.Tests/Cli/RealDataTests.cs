using System.Text.Json;

namespace Clientele.Tests.Cli;

/// <summary>The real order data, from the file as published to personas, by mapping alone. Counts: the published rules applied by hand in pandas.</summary>
public sealed class RealDataTests
{
    [Theory]
    [InlineData("online_retail_II.csv.gz")]
    [InlineData("online_retail_II.parquet")]
    [InlineData("online_retail_II.xlsx")]
    public async Task Online_Retail_II_gives_the_same_from_every_form(string file)
    {
        using var folder = new TempFolder();
        var ledger = await Run(folder, "online-retail", TestData.File_("orders", file));

        Assert.Equal(1_067_371, ledger.Read);
        Assert.Equal([("overlap", 22_523), ("missing", 235_287), ("duplicates", 11_759), ("product_codes", 3_573), ("descriptions", 83), ("price", 58)], ledger.Removed);
        Assert.Equal(794_088, ledger.Kept);
        Assert.Equal(5_875, ledger.Customers);
        Sensible(folder);
        SameAsBefore(folder["shop", "runs", "latest", "segments.csv"]);
    }

    [Fact]
    public async Task Complete_Journey_needs_no_more_than_its_columns_named()
    {
        using var folder = new TempFolder();
        var ledger = await Run(folder, "orders", TestData.File_("orders", "complete_journey_transactions_sample.csv.gz"));

        Assert.Equal((75_000, 2_377), (ledger.Read, ledger.Customers));
        Assert.Equal(233_935.24m, ledger.ReadRevenue);      // source: the column summed by awk
        Sensible(folder);
        Assert.DoesNotContain("\"countries\": [\n", Personas(folder), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Groceries_has_no_money_and_nobody_speaks_of_it()
    {
        using var folder = new TempFolder();
        var ledger = await Run(folder, "orders", TestData.File_("orders", "groceries_dataset.csv.gz"));

        Assert.Equal((38_765, 3_898), (ledger.Read, ledger.Customers));
        Sensible(folder);
        foreach (var persona in JsonDocument.Parse(Personas(folder)).RootElement.EnumerateArray())
        {
            string words = $"{persona.GetProperty("name")} {persona.GetProperty("story")} {persona.GetProperty("action")}";
            Assert.DoesNotMatch(@"(?i)\bspen[dt]|money|revenue|price|£|€|\$|o'clock|\d\d:00|\bhour", words);
            Assert.Equal(JsonValueKind.Null, persona.GetProperty("revenue").ValueKind);
        }
        Assert.DoesNotContain("spend", File.ReadLines(folder["shop", "runs", "latest", "segments.csv"]).First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_six_month_preset_gives_the_published_customers_and_their_target()
    {
        using var folder = new TempFolder();
        var ledger = await Run(folder, "clv-6m", TestData.File_("orders", "online_retail_II.csv.gz"));

        Assert.Equal(2_718, ledger.Customers);
        var lines = File.ReadAllLines(folder["shop", "runs", "latest", "segments.csv"]);
        int target = Array.IndexOf(lines[0].Replace("\"", "", StringComparison.Ordinal).Split(','), "target_spend");
        decimal Target(string customer) => decimal.Parse(
            lines.Single(line => line.StartsWith($"\"{customer}\",", StringComparison.Ordinal)).Split(',')[target], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal((0m, 2261.75m), (Target("12346"), Target("12347")));      // source: system 002's published table
    }

    private static readonly Lock Gate = new();
    private static string? firstForm;

    private static void SameAsBefore(string segments)
    {
        string text = File.ReadAllText(segments);
        lock (Gate)
        {
            firstForm ??= text;
            Assert.True(firstForm == text, "The forms of Online Retail II give different segments.");
        }
    }

    internal static async Task<(long Read, decimal ReadRevenue, (string, long)[] Removed, long Kept, long Customers)> Run(TempFolder folder, string preset, string source)
    {
        await CliProcess.Succeed(folder.Path, "init", "shop", "--preset", preset, "--source", source);
        await CliProcess.Succeed(folder.Path, "run", "shop", "--quiet");
        var ledger = JsonDocument.Parse(File.ReadAllText(folder["shop", "runs", "latest", "ledger.json"])).RootElement;
        var (read, kept) = (ledger.GetProperty("read"), ledger.GetProperty("kept"));
        var removed = ledger.GetProperty("removed").EnumerateArray().ToList();
        long Rows(JsonElement entry) => entry.GetProperty("rows").GetInt64();
        decimal Revenue(JsonElement entry) => entry.GetProperty("revenue").GetDecimal();
        Assert.Equal(Rows(read), Rows(kept) + removed.Sum(Rows) + ledger.GetProperty("quarantined").GetInt64());
        Assert.Equal(Revenue(read), Revenue(kept) + removed.Sum(Revenue));
        return (Rows(read), Revenue(read), [.. removed.Where(rule => Rows(rule) > 0).Select(rule => (rule.GetProperty("rule").GetString()!, Rows(rule)))], Rows(kept), ledger.GetProperty("customers").GetInt64());
    }

    // At least four personas with names of their own, and every customer in one of them.
    internal static void Sensible(TempFolder folder)
    {
        var personas = JsonDocument.Parse(Personas(folder)).RootElement.EnumerateArray().ToList();
        Assert.InRange(personas.Count, 4, 10);
        Assert.Equal(personas.Count, personas.Select(persona => persona.GetProperty("name").GetString()).Distinct().Count());
        Assert.Equal(File.ReadLines(folder["shop", "runs", "latest", "segments.csv"]).Count() - 1, personas.Sum(persona => persona.GetProperty("customers").GetInt32()));
        Assert.Equal(1m, personas.Sum(persona => persona.GetProperty("customer_share").GetDecimal()));
    }

    private static string Personas(TempFolder folder) => File.ReadAllText(folder["shop", "runs", "latest", "personas.json"]);
}
