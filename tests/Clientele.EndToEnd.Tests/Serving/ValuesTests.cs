using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Clientele.Features;
using Clientele.Lifetime;
using Clientele.Models;
using Clientele.Tests.Cli;
using Clientele.Tests.Pipeline;

namespace Clientele.Tests.Serving;

/// <summary>Who asks with order lines, or with numbers made of them, is told the value that the model's run found.</summary>
public sealed class ValuesTests(ValuedShop shop) : IClassFixture<ValuedShop>
{
    [Fact]
    public async Task Orders_and_features_get_the_value_that_the_run_gave()
    {
        await using var served = await ServedProgram.Start(shop.Folder);
        var bundle = ModelBundle.Load(Path.Combine(shop.Folder, "runs", "latest", "model"));
        var recipe = new FeatureRecipe(bundle.Settings.Columns, bundle.Settings.Cleaning, bundle.Settings.Features with { HomeCountry = bundle.HomeCountry }, bundle.Fields, bundle.ReferenceDate);
        var customers = shop.Orders().ToList();

        var known = await Predict(served, customers.Select(customer => new { customer = customer.Id }));
        var byOrders = await Predict(served, customers.Select(customer => new { id = customer.Id, orders = customer.Lines.Select(line => line.ToRequest()) }));
        var byFeatures = await Predict(served, customers.Select(customer =>
        {
            var described = CustomerOrders.Of(customer.Id, [.. customer.Lines.Select(line => line.ToLine())], recipe);
            var past = CustomerPast.Of(customer.Id, described)!;
            return new
            {
                id = customer.Id,
                features = bundle.Model.Space.Columns.ToDictionary(name => name, name => described.Values[recipe.Supported.Select(feature => feature.Name).ToList().IndexOf(name)]),
                lifetime = CustomerPast.Named.Zip([.. past.Features, past.RepeatValue]).ToDictionary(pair => pair.First.Name, pair => pair.Second),
            };
        }));

        Assert.InRange(customers.Count, 180, 200);
        Assert.Equal(customers.Count, known.Count);
        foreach (var (i, answer) in known.Index())
        {
            Assert.True(answer.GetProperty("value").GetProperty("mean").GetDouble() >= 0);
            Assert.InRange(answer.GetProperty("value").GetProperty("p_alive").GetDouble(), 0, 1);
            Assert.Equal(answer.GetRawText(), byOrders[i].GetRawText());
            Assert.Equal(answer.GetRawText(), byFeatures[i].GetRawText());
        }
    }

    [Fact]
    public async Task A_file_of_order_lines_gets_the_same_values_as_a_file_of_customers()
    {
        await File.WriteAllLinesAsync(Path.Combine(shop.Home, "customers.csv"), shop.Orders().Select(customer => customer.Id).Prepend("customer"), TestContext.Current.CancellationToken);

        string byId = await CliProcess.Succeed(shop.Home, "predict", "customers.csv", "--workspace", "shop", "--quiet");
        string byOrders = await CliProcess.Succeed(shop.Home, "predict", Path.Combine(shop.Folder, "orders.csv"), "--workspace", "shop", "--quiet");

        Assert.Equal(Rows(byId), Rows(byOrders));

        // All but the line, which is another in another file.
        static IEnumerable<string> Rows(string csv) => csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row[(row.IndexOf(',', StringComparison.Ordinal) + 1)..]).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Numbers_that_contradict_each_other_are_named()
    {
        await using var served = await ServedProgram.Start(shop.Folder);
        var model = (await served.Get("/api/v1/model")).Body;
        var lifetime = model.GetProperty("lifetime").GetProperty("fields").EnumerateArray().ToDictionary(field => field.GetProperty("name").GetString()!, _ => 1.0);
        lifetime["recency_days"] = 20;
        lifetime["tenure_days"] = 10;
        lifetime["purchase_days"] = 2.5;
        var features = model.GetProperty("features").EnumerateArray().ToDictionary(feature => feature.GetProperty("name").GetString()!, _ => 1);

        using var wrong = await served.Http.PostAsJsonAsync(new Uri("/api/v1/predict", UriKind.Relative), new { features, lifetime }, TestContext.Current.CancellationToken);
        using var lonely = await served.Http.PostAsJsonAsync(new Uri("/api/v1/predict", UriKind.Relative), new { customer = shop.Orders().First().Id, lifetime }, TestContext.Current.CancellationToken);
        (lifetime["recency_days"], lifetime["purchase_days"]) = (1, 1);
        using var once = await served.Http.PostAsJsonAsync(new Uri("/api/v1/predict", UriKind.Relative), new { features, lifetime }, TestContext.Current.CancellationToken);
        (lifetime["purchase_days"], lifetime["spend"]) = (2, 1e300);
        using var vast = await served.Http.PostAsJsonAsync(new Uri("/api/v1/predict", UriKind.Relative), new { features, lifetime }, TestContext.Current.CancellationToken);

        Assert.Equal(["#/lifetime/tenure_days", "#/lifetime/purchase_days"], await Pointers(wrong));
        Assert.Equal(["#/lifetime/purchase_days"], await Pointers(once));
        Assert.Equal(["#/lifetime"], await Pointers(lonely));
        Assert.Equal((400, "urn:clientele:request/out-of-reach"), ((int)vast.StatusCode, (await vast.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("type").GetString()));

        static async Task<IEnumerable<string?>> Pointers(HttpResponseMessage answer) =>
            (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString());
    }

    private static async Task<IReadOnlyList<JsonElement>> Predict<T>(ServedProgram served, IEnumerable<T> customers)
    {
        using var answer = await served.Http.PostAsJsonAsync(new Uri("/api/v1/predict/many", UriKind.Relative), new { customers }, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, body.GetRawText());
        return [.. body.GetProperty("predictions").EnumerateArray()];
    }
}

/// <summary>A small shop whose run valued its customers.</summary>
public sealed class ValuedShop : IAsyncLifetime
{
    private SmallShop shop = null!;

    public string Home => shop.Folder;
    public string Folder => shop["."];

    /// <summary>Customers that the run assigned, each with its lines in the order of the file.</summary>
    internal IEnumerable<(string Id, IReadOnlyList<ShopLine> Lines)> Orders()
    {
        var assigned = File.ReadLines(shop["runs", "latest", "segments.csv"]).Skip(1).Select(row => row.Split(',')[0].Trim('"')).ToHashSet();
        return ShopLine.Read(shop["orders.csv"]).Where(line => assigned.Contains(line.Customer)).GroupBy(line => line.Customer).Select(customer => (customer.Key, (IReadOnlyList<ShopLine>)[.. customer]));
    }

    public async ValueTask InitializeAsync()
    {
        shop = await SmallShop.Create(200);
        await shop.Run();
    }

    public ValueTask DisposeAsync()
    {
        shop.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>A line of the generated <c>orders.csv</c>, whose cells hold no commas.</summary>
internal sealed record ShopLine(string Invoice, string Product, string Description, long Quantity, DateTime OrderedAt, decimal Price, string Customer, string Country)
{
    /// <summary>Those that can be read: the others a run sets aside.</summary>
    public static IEnumerable<ShopLine> Read(string path) => File.ReadLines(path).Skip(1).Select(Of).OfType<ShopLine>();

    private static ShopLine? Of(string row) =>
        row.Split(',') is [var invoice, var product, var description, var quantity, var at, var price, var customer, var country]
        && long.TryParse(quantity, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long units)
        && DateTime.TryParseExact(at, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
        && decimal.TryParse(price, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal money)
            ? new(invoice, product, description, units, moment, money, customer, country)
            : null;

    public OrderLine ToLine() => new() { Invoice = Invoice, Product = Product, Description = Description, Quantity = Quantity, OrderedAt = OrderedAt, Money = Price, Country = Country };

    public object ToRequest() => new { invoice = Invoice, product = Product, description = Description, quantity = Quantity, ordered_at = OrderedAt, price = Price, country = Country };
}
