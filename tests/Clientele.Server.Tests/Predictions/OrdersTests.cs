using Clientele.Features;

namespace Clientele.Tests.Predictions;

public sealed class OrdersTests
{
    private const string Lines = """
        [{"invoice": 1, "ordered_at": "2025-11-03T10:15:00", "product": "P1", "quantity": 3, "price": 2.5, "country": "Norway"},
         {"invoice": "1", "ordered_at": "2025-11-03T10:15:00", "product": "P2", "quantity": 1, "price": 19.99, "country": "Norway"},
         {"invoice": "7", "ordered_at": "2025-12-20", "product": "P1", "quantity": 10, "price": 2.25, "country": "Norway"}]
        """;

    private static readonly OrderLine[] Same =
    [
        new() { Invoice = "1", OrderedAt = new(2025, 11, 3, 10, 15, 0), Product = "P1", Quantity = 3, Money = 2.5m, Country = "Norway" },
        new() { Invoice = "1", OrderedAt = new(2025, 11, 3, 10, 15, 0), Product = "P2", Quantity = 1, Money = 19.99m, Country = "Norway" },
        new() { Invoice = "7", OrderedAt = new(2025, 12, 20), Product = "P1", Quantity = 10, Money = 2.25m, Country = "Norway" },
    ];

    [Fact]
    public async Task Raw_orders_get_the_answer_that_their_features_get()
    {
        await using var shop = await ServedShop.Start(Bundles.WithOrders);
        var bundle = shop.Bundle;
        var recipe = new FeatureRecipe(bundle.Settings.Columns, bundle.Settings.Cleaning, bundle.Settings.Features with { HomeCountry = bundle.HomeCountry }, bundle.Fields, bundle.ReferenceDate);
        var features = CustomerOrders.Of("c", Same, recipe, new DateOnly(2025, 12, 31)).Values.Zip(recipe.Supported).ToDictionary(pair => pair.Second.Name, pair => pair.First);

        var (status, byOrders) = await shop.Post("/api/v1/predict", $$"""{"id": "c", "orders": {{Lines}}, "as_of": "2025-12-31"}""");
        var (_, byFeatures) = await shop.Post("/api/v1/predict", new { id = "c", features });

        Assert.Equal(200, status);
        Assert.Equal(byFeatures.GetRawText(), byOrders.GetRawText());
    }

    [Theory, InlineData("2025-11-03T10:15:00Z"), InlineData("2025-11-03T10:15:00.000Z"), InlineData("2025-11-03T10:15:00+09:00"), InlineData("2025-11-03 10:15")]
    public async Task Moments_are_read_as_files_are_and_no_zone_moves_them(string moment)
    {
        await using var shop = await ServedShop.Start(Bundles.WithOrders);
        string other = Lines.Replace("2025-11-03T10:15:00", moment, StringComparison.Ordinal).Replace("\"quantity\": 3", "\"quantity\": 3.0", StringComparison.Ordinal);

        var (_, expected) = await shop.Post("/api/v1/predict", $$"""{"orders": {{Lines}}, "as_of": "2025-12-31"}""");
        var (status, answer) = await shop.Post("/api/v1/predict", $$"""{"orders": {{other}}, "as_of": "2025-12-31"}""");

        Assert.Equal(200, status);
        Assert.Equal(expected.GetRawText(), answer.GetRawText());
    }

    [Fact]
    public async Task Every_line_that_cannot_be_read_is_named()
    {
        await using var shop = await ServedShop.Start(Bundles.WithOrders);

        var (status, problem) = await shop.Post("/api/v1/predict", """{"orders": [{"invoice": "1", "ordered_at": "yesterday", "quantity": 1.5, "price": 2}, 7, {"ordered_at": "2025-12-20", "colour": "red"}]}""");

        Assert.Equal(400, status);
        Assert.Equal(["#/orders/0/ordered_at", "#/orders/0/quantity", "#/orders/1", "#/orders/2/colour"], problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()));
    }

    [Fact]
    public async Task Lines_without_what_the_source_had_are_refused_in_the_pipelines_words()
    {
        await using var shop = await ServedShop.Start(Bundles.WithOrders);

        var (status, problem) = await shop.Post("/api/v1/predict", """{"orders": [{"invoice": "1", "ordered_at": "2025-12-20", "quantity": 2}]}""");

        Assert.Equal(400, status);
        Assert.Equal("The price is missing. Fill it in; 0 is a price.", problem.GetProperty("errors")[0].GetProperty("detail").GetString());
    }
}
