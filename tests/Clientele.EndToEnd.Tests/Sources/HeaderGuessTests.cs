using Clientele.Settings;
using Clientele.Sources;

namespace Clientele.Tests.Sources;

public sealed class HeaderGuessTests
{
    public static TheoryData<string> OnlineRetail2 => ["online_retail_II.csv.gz", "online_retail_II.parquet", "online_retail_II.xlsx"];

    [Theory, MemberData(nameof(OnlineRetail2))]
    public async Task Online_Retail_II_is_understood_in_every_form(string file)
    {
        var guess = await HeaderGuess.For(TestData.File_("orders", file));
        Assert.Equal(OrdersRun.OnlineRetail2Columns, guess.Columns);
        Assert.Empty(guess.NotFound);
        Assert.True(guess.DateOrderIsSure);
    }

    [Fact]
    public async Task Online_Retail_is_understood() =>
        Assert.Equal(OrdersRun.OnlineRetailColumns, (await HeaderGuess.For(TestData.File_("orders", "online_retail.csv.gz"))).Columns);

    [Fact]
    public async Task Complete_Journey_has_a_line_total_in_place_of_a_price()
    {
        var guess = await HeaderGuess.For(TestData.File_("orders", "complete_journey_transactions_sample.csv.gz"));
        Assert.Equal(new()
        {
            Invoice = "basket_id",
            Customer = "household_id",
            OrderedAt = "transaction_timestamp",
            Product = "product_id",
            Quantity = "quantity",
            LineTotal = "sales_value",
        }, guess.Columns);
        Assert.Equal(["description", "country"], guess.NotFound);
    }

    [Fact]
    public async Task Groceries_have_an_item_that_is_product_and_description_and_day_first_dates()
    {
        var guess = await HeaderGuess.For(TestData.File_("orders", "groceries_dataset.csv.gz"));
        Assert.Equal(new()
        {
            Customer = "Member_number",
            OrderedAt = "Date",
            DateOrder = DateOrder.DayFirst,
            Product = "itemDescription",
            Description = "itemDescription",
        }, guess.Columns);
        Assert.Equal(["invoice", "quantity", "price", "country"], guess.NotFound);
    }

    [Fact]
    public void Shop_software_is_understood()
    {
        var shopify = HeaderGuess.Of(["Name", "Email", "Created at", "Lineitem quantity", "Lineitem name", "Lineitem price", "Lineitem sku", "Billing Country"], _ => ["2024-01-31 10:00:00 +0100"]);
        Assert.Equal(new()
        {
            Invoice = "Name",
            Customer = "Email",
            OrderedAt = "Created at",
            Quantity = "Lineitem quantity",
            Description = "Lineitem name",
            Price = "Lineitem price",
            Product = "Lineitem sku",
            Country = "Billing Country",
        }, shopify.Columns);
        var woo = HeaderGuess.Of(["order_id", "order_date", "customer_id", "product_id", "product_name", "quantity", "line_total", "billing_country"], _ => ["1/2/2024 9:00", "1/31/2024 9:00"]);
        Assert.Equal(("line_total", DateOrder.MonthFirst, true), (woo.Columns.LineTotal, woo.Columns.DateOrder, woo.DateOrderIsSure));
    }

    [Fact]
    public void A_date_that_does_not_tell_day_and_month_apart_is_day_first_but_not_for_sure() =>
        Assert.Equal((DateOrder.DayFirst, false), HeaderGuess.Of(["date", "customer"], _ => ["01/02/2024", "03.04.2024"]) is var guess ? (guess.Columns.DateOrder, guess.DateOrderIsSure) : default);
}
