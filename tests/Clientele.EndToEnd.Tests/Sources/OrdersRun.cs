using Clientele.Cleaning;
using Clientele.Engines;
using Clientele.Features;
using Clientele.Settings;
using Clientele.Sources;

namespace Clientele.Tests.Sources;

/// <summary>Sources read and cleaned by an embedded engine of their own.</summary>
internal sealed class OrdersRun : IAsyncDisposable
{
    private OrdersRun(EngineClient engine, WorkspaceSettings settings, SourceRead read, Ledger ledger) =>
        (Engine, Settings, Read, Ledger) = (engine, settings, read, ledger);

    public EngineClient Engine { get; }
    public WorkspaceSettings Settings { get; }
    public SourceRead Read { get; }
    public Ledger Ledger { get; }

    public static readonly ColumnMapping OnlineRetailColumns = new()
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

    public static readonly ColumnMapping OnlineRetail2Columns = OnlineRetailColumns with { Invoice = "Invoice", Price = "Price", Customer = "Customer ID" };

    public static WorkspaceSettings With(string preset, ColumnMapping columns, params string[] files)
    {
        var chosen = Preset.All.Single(p => p.Name == preset);
        return new() { Sources = [new() { Files = files }], Columns = columns, Cleaning = chosen.Cleaning, Features = chosen.Features };
    }

    public static WorkspaceSettings OnlineRetail() => With("online-retail", OnlineRetailColumns, TestData.File_("orders", "online_retail.csv.gz"));

    public static async Task<OrdersRun> Of(WorkspaceSettings settings, string folder = "/")
    {
        var engine = await EngineClient.StartEmbedded();
        try
        {
            var read = await SourceReader.Read(engine, engine, folder, settings);
            return new(engine, settings, read, await Cleaner.Clean(engine, settings.Cleaning, AsOf.Of(settings.Features), read));
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Null where the rules leave nothing.</summary>
    public static async Task<Ledger?> Clean(EngineClient engine, CleaningSettings settings, AsOf? asOf, SourceRead read)
    {
        try
        {
            return await Cleaner.Clean(engine, settings, asOf, read);
        }
        catch (Problems.ProblemException nothing) when (nothing.Problem.Kind == "cleaning/nothing-left")
        {
            return null;
        }
    }

    public AsOf AsOf => AsOf.Of(Settings.Features) ?? AsOf.EndOf(Ledger.LastDay);

    public Task<FeatureTable> Features(string? set = null) =>
        FeatureSnapshot.Build(Engine, set is null ? Settings.Features : Settings.Features with { Set = set }, Read.Fields, AsOf);

    /// <summary>One number for all kept lines, whatever their order.</summary>
    public async Task<ulong> Fingerprint() => await Engine.Query(
        Sql.Text("SELECT toUInt64(sum(sipHash64(row, invoice, cancelled, product, description, quantity, ordered_at, price, amount, customer, country))) FROM orders"),
        row => row.ReadUInt64()).FirstAsync();

    /// <summary>Each customer's lines as the source was read, before a rule removed any: what someone would send.</summary>
    public static async Task<Dictionary<string, List<OrderLine>>> Lines(EngineClient engine)
    {
        var lines = await engine.Query(
            Sql.Text("SELECT customer, invoice, product, description, quantity, toUnixTimestamp(ordered_at), price, country FROM lines WHERE fault = 0 AND customer != '' ORDER BY row"),
            row => (Customer: row.ReadString(), Line: new OrderLine
            {
                Invoice = row.ReadString(),
                Product = row.ReadString(),
                Description = row.ReadString(),
                Quantity = row.ReadInt64(),
                OrderedAt = DateTime.UnixEpoch.AddSeconds(row.ReadUInt32()),
                Money = row.ReadDecimal64(4),
                Country = row.ReadString(),
            })).ToListAsync();
        return lines.GroupBy(line => line.Customer).ToDictionary(customer => customer.Key, customer => customer.Select(line => line.Line).ToList());
    }

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
