using Clientele.Cleaning;
using Clientele.Tests.Sources;

namespace Clientele.Tests.Cleaning;

public sealed class LedgerTests
{
    [Fact]
    public async Task Online_Retail_loses_the_published_rows_to_each_rule()
    {
        await using var run = await OrdersRun.Of(OrdersRun.OnlineRetail());

        Assert.Equal(541_909, run.Ledger.Read.Rows);
        Assert.Equal(
            [("overlap", 0), ("missing", 135_080), ("duplicates", 5_279), ("product_codes", 1_868), ("descriptions", 83), ("price", 32)],
            run.Ledger.Removed.Select(r => (r.Rule, r.Rows)));
        Assert.Equal(399_567, run.Ledger.Kept.Rows);
        Assert.Equal(4_362, run.Ledger.Customers);
        Assert.Equal((new DateOnly(2010, 12, 1), new DateOnly(2011, 12, 9)), (run.Ledger.FirstDay, run.Ledger.LastDay));
        Assert.Equal(0.149m, Math.Round(run.Ledger.Guests.Revenue / run.Ledger.Read.Revenue, 3));
        Reconciles(run.Ledger);
    }

    [Fact]
    public async Task Online_Retail_II_loses_the_overlap_of_its_sheets_and_the_published_rows()
    {
        await using var run = await OrdersRun.Of(OrdersRun.With("online-retail", OrdersRun.OnlineRetail2Columns, TestData.File_("orders", "online_retail_II.csv.gz")));

        Assert.Equal(
            [("overlap", 22_523), ("missing", 235_287), ("duplicates", 11_759), ("product_codes", 3_573), ("descriptions", 83), ("price", 58)],
            run.Ledger.Removed.Select(r => (r.Rule, r.Rows)));
        Assert.Equal((1_067_371, 794_088, 5_875), (run.Ledger.Read.Rows, run.Ledger.Kept.Rows, run.Ledger.Customers));
        Reconciles(run.Ledger);
    }

    internal static void Reconciles(Ledger ledger)
    {
        Assert.Equal(ledger.Read.Rows, ledger.Kept.Rows + ledger.Removed.Sum(r => r.Rows) + ledger.Quarantined);
        Assert.Equal(ledger.Read.Revenue, ledger.Kept.Revenue + ledger.Removed.Sum(r => r.Revenue));
    }
}
