using System.Globalization;
using Clientele.Features;
using Clientele.Settings;
using Clientele.Tests.Sources;

namespace Clientele.Tests.Features;

/// <summary>From raw orders to the tables that the replaced systems published.</summary>
public sealed class PublishedFeaturesTests
{
    [Fact]
    public async Task Raw_Online_Retail_gives_the_published_tables_of_system_001()
    {
        await using var run = await OrdersRun.Of(OrdersRun.OnlineRetail());
        var ours = await run.Features("retail_15_published");

        Assert.Equal(4_362, ours.Customers.Count);
        Assert.Equal(run.Ledger.Kept.Revenue, ours.Revenue.Sum());
        Assert.Equal([], Differences(ours, TestData.File_("published", "ecommerce_rfm_4362x6.csv"), expectedRows: 4_362).Distinct());
        var differences = Differences(ours, TestData.File_("published", "ecommerce_customer_features_4282x16.csv"), expectedRows: 4_282);
        Assert.Equal([("Cancellation_Rate", 1_347)], differences.CountBy(column => column).Select(c => (c.Key, c.Value)));
    }

    [Fact]
    public async Task The_corrected_set_differs_from_the_published_one_in_four_columns()
    {
        await using var run = await OrdersRun.Of(OrdersRun.OnlineRetail());
        var published = await run.Features("retail_15_published");
        var correct = await run.Features("retail_15");

        Assert.Equal(published.Customers, correct.Customers);
        var differing = Enumerable.Range(0, 15).Where(c => !published.Values.Column(c).SequenceEqual(correct.Values.Column(c))).Select(c => correct.Columns[c].Name);
        // Cancellation_Rate is already the correct one in both.
        Assert.Equal(["gap_days", "weekday", "hour"], differing);
    }

    public static TheoryData<string> Sheet2 => ["online_retail_II.csv.gz", "online_retail_II.parquet", "online_retail_II.xlsx"];

    [Theory, MemberData(nameof(Sheet2))]
    public async Task Sheet_2_of_Online_Retail_II_gives_the_published_table_of_system_002(string file)
    {
        var preset = Preset.All.Single(p => p.Name == "clv-6m");
        bool isWorkbook = file.EndsWith(".xlsx", StringComparison.Ordinal);
        await using var run = await OrdersRun.Of(OrdersRun.With("clv-6m", OrdersRun.OnlineRetail2Columns) with
        {
            Sources = [new() { Files = [TestData.File_("orders", file)], Sheets = isWorkbook ? preset.Sheets : null, SkipRows = isWorkbook ? 0 : preset.SkipRows }],
        });
        var ours = await run.Features();

        Assert.Equal(541_910, run.Ledger.Read.Rows);
        Assert.Equal(2_718, ours.Customers.Count);
        Assert.Equal([], Differences(ours, TestData.File_("published", "clv_modeling_table.csv"), expectedRows: 2_718).Distinct());
        var target = Published(TestData.File_("published", "clv_modeling_table.csv")).ToDictionary(r => r["customer_id"], r => Number(r["clv_6m"]));
        Assert.All(ours.Customers.Zip(ours.Target!), t => Assert.Equal(target[t.First], (double)t.Second, 1e-6));
        LedgerReconciles(run);
    }

    private static void LedgerReconciles(OrdersRun run) => Clientele.Tests.Cleaning.LedgerTests.Reconciles(run.Ledger);

    // Names of columns, once for each customer whose value differs by more than 1e-9 relative.
    private static List<string> Differences(FeatureTable ours, string path, int expectedRows)
    {
        var row = ours.Customers.Index().ToDictionary(c => c.Item, c => c.Index);
        var published = Published(path);
        Assert.Equal(expectedRows, published.Count);
        string id = published[0].Keys.First();
        int compared = ours.Columns.Count(c => published[0].ContainsKey(c.Name));
        Assert.True(compared >= 5, $"Only {compared} columns compared.");
        return [.. from line in published
                   from column in ours.Columns.Index()
                   where line.ContainsKey(column.Item.Name)
                   let theirs = Number(line[column.Item.Name])
                   where Math.Abs(ours.Values[row[line[id]], column.Index] - theirs) > 1e-9 * Math.Max(1, Math.Abs(theirs))
                   select column.Item.Name];
    }

    private static List<Dictionary<string, string>> Published(string path)
    {
        string[][] lines = [.. File.ReadLines(path).Select(line => line.Split(','))];
        return [.. lines[1..].Select(line => lines[0].Zip(line).ToDictionary(c => c.First, c => c.Second))];
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
