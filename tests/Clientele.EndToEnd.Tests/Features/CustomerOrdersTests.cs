using Clientele.Cleaning;
using Clientele.Engines;
using Clientele.Features;
using Clientele.Settings;
using Clientele.Sources;
using Clientele.Synthetic;
using Clientele.Tests.Cli;
using Clientele.Tests.Sources;
using FsCheck.Fluent;

namespace Clientele.Tests.Features;

/// <summary>Features from one customer's raw lines are, to the bit, what a run computes of all lines at once.</summary>
public sealed class CustomerOrdersTests
{
    private static readonly string[] Sets = ["retail_15", "retail_15_published", "clv_9", "clv_9_published"];

    [Theory, InlineData("online-retail", 4_362), InlineData("orders", 4_372), InlineData("clv-6m", 2_718)]
    public async Task Every_customer_of_Online_Retail_comes_out_the_same(string preset, int customers)
    {
        await using var run = await OrdersRun.Of(OrdersRun.With(preset, OrdersRun.OnlineRetailColumns, TestData.File_("orders", "online_retail.csv.gz")));
        Assert.Equal(customers, await Same(run.Engine, run.Settings, run.Read, AsOf.Of(run.Settings.Features), run.Ledger));
    }

    [Fact]
    public async Task Every_customer_of_a_made_up_shop_with_its_dirt_comes_out_the_same()
    {
        using var folder = new TempFolder();
        SyntheticShop.Write(folder.Path, new() { Customers = 2_000, Seed = 11 });
        var columns = new ColumnMapping
        {
            Invoice = "invoice",
            Customer = "customer",
            OrderedAt = "ordered_at",
            Product = "product",
            Description = "description",
            Quantity = "quantity",
            Price = "price",
            Country = "country",
        };
        await using var run = await OrdersRun.Of(OrdersRun.With("orders", columns, folder["orders.csv"]));
        Assert.InRange(await Same(run.Engine, run.Settings, run.Read, null, run.Ledger), 1_900, 2_000);
    }

    [Fact]
    public async Task Sums_past_two_to_the_64th_come_out_the_same()
    {
        using var files = new OrderFiles();
        var random = new Random(20_26);
        files.Add("orders.csv", $"{OrderFiles.Header}\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i =>
            $"{i / 3},c{random.Next(2_000)},{new DateOnly(2020, 1, 1).AddDays(random.Next(700)):yyyy-MM-dd},p{random.Next(50)},{random.Next(-20, 1_000)},{random.NextInt64(1, 9_999_999)}.{random.Next(10_000):0000}\n")));
        var settings = OrderFiles.Settings(Path.Combine(files.Folder, "orders.csv"));
        await using var run = await OrdersRun.Of(settings);
        Assert.Equal(2_000, await Same(run.Engine, settings, run.Read, null, run.Ledger));
    }

    [Fact]
    public async Task Every_rule_that_concerns_a_customers_lines_removes_what_the_pipeline_removes()
    {
        await using var shop = await TwinShop.Open();
        Prop.ForAll(TwinShop.AnyLines, lines =>
        {
            var (settings, read) = shop.Read(lines).GetAwaiter().GetResult();
            // The number of lines chooses the rules, so that every mixture comes up.
            var strict = settings with
            {
                Cleaning = settings.Cleaning with
                {
                    Duplicates = lines.Count % 2 == 0 ? ["invoice", "product", "customer"] : ["customer", "ordered_at", "quantity", "price", "country"],
                    DropCancellations = lines.Count % 3 == 0,
                    PositiveQuantity = lines.Count % 5 < 2,
                    PositivePrice = true,
                    MinimumCodeDigits = lines.Count % 7 == 0 ? 0 : 1,
                },
            };
            var asOf = lines.Count % 4 == 0 ? AsOf.Before(new(2023, 3, 1)) : null;
            var ledger = OrdersRun.Clean(shop.Engine, strict.Cleaning, asOf, read).GetAwaiter().GetResult();
            if (ledger is not null)
                Same(shop.Engine, strict, read, asOf, ledger).GetAwaiter().GetResult();
        }).Holds(cases: 60);
    }

    /// <returns>How many customers were compared, in each of the four sets.</returns>
    private static async Task<int> Same(EngineClient engine, WorkspaceSettings settings, SourceRead read, AsOf? asOf, Ledger ledger)
    {
        var lines = await OrdersRun.Lines(engine);
        var at = asOf ?? AsOf.EndOf(ledger.LastDay);
        string home = settings.Features.HomeCountry ?? await FeatureSnapshot.Home(engine);
        int compared = 0;
        foreach (string set in Sets)
        {
            var features = settings.Features with { Set = set, HomeCountry = home, TargetUntil = null };
            var pipeline = await FeatureSnapshot.Build(engine, features, read.Fields, at);
            var recipe = new FeatureRecipe(settings.Columns, settings.Cleaning, features, read.Fields, at.Reference);
            Assert.Equal(pipeline.Columns, recipe.Supported);
            foreach (var (row, customer) in pipeline.Customers.Index())
            {
                var ours = CustomerOrders.Of(customer, lines[customer], recipe, asOf);
                Assert.Equal(at.Reference, ours.ReferenceDate);
                Assert.Equal(pipeline.Revenue[row], ours.Revenue);
                foreach (var (column, value) in ours.Values.Index())
                    if (BitConverter.DoubleToInt64Bits(value) != BitConverter.DoubleToInt64Bits(pipeline.Values[row, column]))
                        Assert.Fail($"{set}.{recipe.Supported[column].Name} of {customer}: {value:R} is not {pipeline.Values[row, column]:R}.");
            }
            foreach (string customer in lines.Keys.Except(pipeline.Customers))
                Assert.Equal(0, CustomerOrders.Of(customer, lines[customer], recipe, asOf).Kept);
            compared = pipeline.Customers.Count;
        }
        return compared;
    }
}
