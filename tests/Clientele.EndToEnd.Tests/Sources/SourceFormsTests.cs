using Clientele.Settings;
using Clientele.Sources;

namespace Clientele.Tests.Sources;

/// <summary>The same orders in several file forms, and other shops by mapping alone.</summary>
public sealed class SourceFormsTests
{
    [Fact]
    public async Task Online_Retail_II_is_the_same_as_CSV_Parquet_and_workbook()
    {
        var prints = new List<(long, decimal, ulong)>();
        foreach (string file in (string[])["online_retail_II.csv.gz", "online_retail_II.parquet", "online_retail_II.xlsx"])
        {
            await using var run = await OrdersRun.Of(OrdersRun.With("online-retail", OrdersRun.OnlineRetail2Columns, TestData.File_("orders", file)));
            prints.Add((run.Ledger.Read.Rows, run.Ledger.Kept.Revenue, await run.Fingerprint()));
        }

        Assert.Equal(prints[0], prints[1]);
        Assert.Equal(prints[0], prints[2]);
    }

    [Fact]
    public async Task Complete_Journey_needs_only_a_mapping()
    {
        await using var run = await OrdersRun.Of(OrdersRun.With("orders", new()
        {
            Invoice = "basket_id",
            Customer = "household_id",
            OrderedAt = "transaction_timestamp",
            Product = "product_id",
            Quantity = "quantity",
            LineTotal = "sales_value",
        }, TestData.File_("orders", "complete_journey_transactions_sample.csv.gz")));

        Assert.Equal((75_000, 0, 2_377, 233_935.24m), (run.Ledger.Kept.Rows, run.Ledger.Quarantined, run.Ledger.Customers, run.Ledger.Kept.Revenue));
        var features = await run.Features();
        Assert.Equal(["is_home_country", "cancellations", "cancellation_rate"], features.LeftOut.Select(f => f.Feature.Name));
        Assert.Equal(47_243, features.Values.Column(1).Sum());
    }

    [Fact]
    public async Task Groceries_have_neither_price_nor_invoice_nor_time_and_day_first_dates()
    {
        await using var run = await OrdersRun.Of(OrdersRun.With("orders", new()
        {
            Customer = "Member_number",
            OrderedAt = "Date",
            DateOrder = DateOrder.DayFirst,
            Product = "itemDescription",
            Description = "itemDescription",
        }, TestData.File_("orders", "groceries_dataset.csv.gz")));

        Assert.Equal((38_765, 0, 3_898, 0m), (run.Ledger.Kept.Rows, run.Ledger.Quarantined, run.Ledger.Customers, run.Ledger.Kept.Revenue));
        Assert.Equal((new DateOnly(2014, 1, 1), new DateOnly(2015, 12, 30)), (run.Ledger.FirstDay, run.Ledger.LastDay));
        var features = await run.Features();
        Assert.Equal(["recency_days", "invoices", "units", "distinct_products", "gap_days", "weekday"], features.Columns.Select(f => f.Name));
        Assert.Contains(features.LeftOut, f => f.Feature.Name == "hour" && f.Reason.Contains("time", StringComparison.Ordinal));
        string[] days = [.. TestDataLines("groceries_dataset.csv.gz").Select(line => string.Join(' ', line.Split(',')[..2])).Distinct()];
        Assert.Equal(days.Length, features.Values.Column(1).Sum());
    }

    private static IEnumerable<string> TestDataLines(string file)
    {
        using var text = new StreamReader(SourceFile.Open(TestData.File_("orders", file)).OpenText());
        text.ReadLine();
        while (text.ReadLine() is { } line)
            yield return line;
    }
}
