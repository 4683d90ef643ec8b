using System.Globalization;
using Clientele.Cleaning;
using Clientele.Engines;
using Clientele.Settings;
using Clientele.Sources;
using FsCheck;
using FsCheck.Fluent;

namespace Clientele.Tests.Features;

/// <summary>Small random shops for SQL and its plain twins: an engine and a folder of their own.</summary>
internal sealed class TwinShop : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("clientele-twin-").FullName;

    private TwinShop(EngineClient engine) => Engine = engine;

    // Few values each, so that ties, shared days and repeated invoices are common.
    private static readonly Gen<Line> AnyLine =
        from invoice in Gen.Choose(1, 12)
        from cancelled in Gen.Frequency((4, Gen.Constant("")), (1, Gen.Constant("C")))
        from customer in Gen.Choose(1, 4)
        from day in Gen.Choose(0, 400)
        from hour in Gen.Choose(0, 23)
        from product in Gen.Choose(1, 5)
        from quantity in Gen.Choose(-5, 9)
        from pence in Gen.Choose(0, 99_999)
        from country in Gen.Elements("France", "Spain", "United Kingdom")
        select new Line($"{cancelled}{invoice}", $"c{customer}", new DateTime(2023, 1, 1).AddDays(day / 7 * 7 % 120 + day % 3).AddHours(hour), $"p{product}", quantity, pence / 10_000m, country);

    /// <summary>Lines of 4 customers from 2023-01-01 on, in 123 days.</summary>
    public static Arbitrary<List<Line>> AnyLines => AnyLine.NonEmptyListOf().Select(lines => lines.ToList()).ToArbitrary();

    public EngineClient Engine { get; }

    public static async Task<TwinShop> Open() => new(await EngineClient.StartEmbedded());

    /// <summary>Reads and cleans the lines: <c>orders</c> holds them all.</summary>
    public async Task<(WorkspaceSettings Settings, Ledger Ledger)> Load(IEnumerable<Line> lines)
    {
        var (settings, read) = await Read(lines);
        return (settings, await Cleaner.Clean(Engine, settings.Cleaning, asOf: null, read));
    }

    /// <summary>Reads the lines, and cleans none away.</summary>
    public async Task<(WorkspaceSettings Settings, SourceRead Read)> Read(IEnumerable<Line> lines)
    {
        await File.WriteAllLinesAsync(Path.Combine(folder, "orders.csv"), lines
            .Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Invoice},{l.Customer},{l.At:yyyy-MM-dd HH:mm:ss},{l.Product},{l.Quantity},{l.Price},{l.Country}"))
            .Prepend("invoice,customer,at,product,quantity,price,country"));
        var settings = new WorkspaceSettings
        {
            Sources = [new() { Files = ["orders.csv"] }],
            Columns = new() { Invoice = "invoice", Customer = "customer", OrderedAt = "at", Product = "product", Quantity = "quantity", Price = "price", Country = "country" },
            Features = new() { HomeCountry = "Spain" },
        };
        return (settings, await SourceReader.Read(Engine, Engine, folder, settings));
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
