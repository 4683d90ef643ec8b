using System.Globalization;
using Clientele.Cleaning;
using Clientele.Engines;
using Clientele.Features;
using Clientele.Settings;
using Clientele.Sources;
using FsCheck;
using FsCheck.Fluent;

namespace Clientele.Tests.Features;

public sealed class RetailTwinTests
{
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

    [Fact]
    public async Task Retail_15_is_what_its_plain_twin_says()
    {
        await using var engine = await EngineClient.StartEmbedded();
        string folder = Directory.CreateTempSubdirectory("clientele-twin-").FullName;
        try
        {
            Prop.ForAll(AnyLine.NonEmptyListOf().Select(lines => lines.ToList()).ToArbitrary(), lines =>
            {
                var ours = Ours(engine, folder, lines).GetAwaiter().GetResult();
                var twin = RetailTwin.Of(lines, ours.ReferenceDate, "Spain").ToList();
                Assert.Equal(twin.Select(t => t.Customer), ours.Customers);
                foreach (var (row, customer) in twin.Index())
                {
                    foreach (var (column, expected) in customer.Values.Index())
                        Assert.True(Math.Abs(expected - ours.Values[row, column]) <= 1e-9 * Math.Max(1, Math.Abs(expected)), $"{ours.Columns[column].Name} of {customer.Customer}: {expected} is {ours.Values[row, column]}");
                }
            }).Holds(cases: 40);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<FeatureTable> Ours(EngineClient engine, string folder, List<Line> lines)
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
        var read = await SourceReader.Read(engine, engine, folder, settings);
        var ledger = await Cleaner.Clean(engine, settings.Cleaning, asOf: null, read);
        return await FeatureSnapshot.Build(engine, settings.Features, new(true, true, true, true, true, true, true), AsOf.EndOf(ledger.LastDay));
    }
}
