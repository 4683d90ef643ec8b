using Clientele.Cleaning;
using Clientele.Features;
using Clientele.Lifetime;
using Clientele.Pipeline;
using Clientele.Settings;
using Clientele.Sources;

namespace Clientele.Bench;

/// <summary>Orders of a shared data set, cleaned as a workspace of that preset cleans them, ready for snapshots at any cut-off.</summary>
internal sealed class BenchShop : IAsyncDisposable
{
    private static readonly ColumnMapping OnlineRetailColumns = new()
    {
        Invoice = "InvoiceNo",
        Product = "StockCode",
        Description = "Description",
        Quantity = "Quantity",
        OrderedAt = "InvoiceDate",
        Price = "UnitPrice",
        Customer = "CustomerID",
        Country = "Country",
    };

    private readonly EnginePair engines;
    private readonly WorkspaceSettings settings;
    private readonly OrderIntake intake;

    private BenchShop(EnginePair engines, WorkspaceSettings settings, OrderIntake intake) => (this.engines, this.settings, this.intake) = (engines, settings, intake);

    /// <summary>Days of the first and the last order kept.</summary>
    public DateOnly First => intake.Ledger.FirstDay;
    public DateOnly Last => intake.Ledger.LastDay;

    public static Task<BenchShop> OnlineRetail() => Open("online-retail", OnlineRetailColumns, Checkout.Data("orders", "online_retail.parquet"));

    public static Task<BenchShop> OnlineRetail2() => Open(
        "online-retail", OnlineRetailColumns with { Invoice = "Invoice", Price = "Price", Customer = "Customer ID" }, Checkout.Data("orders", "online_retail_II.parquet"));

    /// <summary>The 1/10 sample of 2,357 customers.</summary>
    public static Task<BenchShop> Cdnow() => Open(
        "orders", new() { Customer = "sample_id", OrderedAt = "date", Quantity = "number_of_cds", LineTotal = "dollar_value" }, Checkout.Data("btyd", "cdnow_sample.csv"));

    /// <summary>A sample of 75,000 basket lines of 2017: of every household some lines and baskets are missing, at random.</summary>
    public static Task<BenchShop> CompleteJourney() => Open(
        "orders", new() { Customer = "household_id", Invoice = "basket_id", Product = "product_id", OrderedAt = "transaction_timestamp", Quantity = "quantity", LineTotal = "sales_value" },
        Checkout.Data("orders", "complete_journey_transactions_sample.csv.gz"));

    /// <summary>The second year of Online Retail II, cleaned as system 002 cleaned it.</summary>
    /// <param name="asOf">Null: orders of all days; else those before, for <see cref="Features"/>.</param>
    public static Task<BenchShop> Published(AsOf? asOf = null) => Open(
        "clv-6m", OnlineRetailColumns with { Invoice = "Invoice", Price = "Price", Customer = "Customer ID" }, Checkout.Data("orders", "online_retail_II.csv.gz"), asOf);

    /// <summary>The features and the target of the preset.</summary>
    public Task<FeatureTable> Features() => FeatureSnapshot.Build(engines.Worker, settings.Features, intake.Source.Fields, AsOf.Of(settings.Features)!);

    public async Task<LifetimeSnapshot> At(DateOnly cutoff, DateOnly until) => await PurchaseDays.At(engines.Worker, cutoff, until);

    public async Task<IReadOnlyList<LifetimeSnapshot>> At(IEnumerable<DateOnly> cutoffs, Horizon horizon)
    {
        var snapshots = new List<LifetimeSnapshot>();
        foreach (var cutoff in cutoffs)
            snapshots.Add(await At(cutoff, horizon.After(cutoff)));
        return snapshots;
    }

    public ValueTask DisposeAsync() => engines.DisposeAsync();

    private static async Task<BenchShop> Open(string preset, ColumnMapping columns, string file, AsOf? asOf = null)
    {
        var chosen = Preset.All.Single(p => p.Name == preset);
        var settings = new WorkspaceSettings { Sources = [new() { Files = [file], SkipRows = chosen.SkipRows }], Columns = columns, Cleaning = chosen.Cleaning, Features = chosen.Features };
        using var plain = PlainSources.Begin(Checkout.Scratch, settings, default);
        var engines = await EnginePair.Open(settings, threads: 0, default);
        var intake = await OrderIntake.Read(engines, Checkout.Scratch, settings, plain, asOf, progress: null, default);
        await PurchaseDays.Gather(engines.Worker);
        return new(engines, settings, intake);
    }
}
