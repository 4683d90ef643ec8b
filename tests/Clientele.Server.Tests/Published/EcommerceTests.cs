namespace Clientele.Tests.Published;

/// <summary>Ecommerce-Data-MLOps (system 001): what its clients send, and what they expect.</summary>
public sealed class EcommerceTests
{
    [Fact]
    public async Task A_ping_is_answered_as_published()
    {
        await using var shop = await ServedShop.Start();

        var (status, answer) = await shop.Get("/ping");

        Assert.Equal((200, """{"status":"healthy"}"""), (status, answer.GetRawText()));
    }

    [Fact]
    public async Task Instances_of_principal_components_get_the_nearest_cluster()
    {
        await using var shop = await ServedShop.Start(seed => Bundles.Segments(seed, variance: 0.8, set: "retail_15_published"));
        var places = shop.Bundle.Model.Space.Place(Bundles.Customers(10, 60, seed: 5));
        var instances = Enumerable.Range(0, places.Rows).Select(i => Enumerable.Range(0, places.Columns).ToDictionary(j => $"PC{j + 1}", j => places[i, j]));

        var (status, answer) = await shop.Post("/predict", new { instances });

        Assert.Equal(200, status);
        Assert.Equal(shop.Bundle.Model.Clusters.Assign(places).Labels, answer.GetProperty("predictions").EnumerateArray().Select(prediction => prediction.GetProperty("cluster").GetInt32()));
    }

    [Fact]
    public async Task Its_own_example_is_answered_by_a_model_of_six_components()
    {
        await using var shop = await ServedShop.Start(seed => Bundles.Segments(seed, variance: 0.6, set: "retail_15_published"));
        var place = new Clientele.Learning.Matrix(1, 6, [1000.595596, -0.944713, 0.340492, 1.335999, 0.135310, 0.506377]);
        Assert.Equal(6, shop.Bundle.Model.Space.Components!.Components.Rows);

        // Source: the request that its documentation shows.
        var (status, answer) = await shop.Post("/predict", """{"instances": [{"PC1": 1000.595596, "PC2": -0.944713, "PC3": 0.340492, "PC4": 1.335999, "PC5": 0.135310, "PC6": 0.506377}]}""");

        Assert.Equal(200, status);
        Assert.Equal($$"""{"predictions":[{"cluster":{{shop.Bundle.Model.Clusters.Assign(place).Labels[0]}}}]}""", answer.GetRawText());
    }

    [Fact]
    public async Task The_models_own_features_will_do_for_an_instance_too()
    {
        await using var shop = await ServedShop.Start();
        var rows = Bundles.Customers(10, 30, seed: 6);
        var instances = Enumerable.Range(0, rows.Rows).Select(i => Predictions.PredictionTests.Named(shop, rows.Row(i)));

        var (_, answer) = await shop.Post("/predict", new { instances });

        Assert.Equal(Bundles.Assigned(shop.Bundle, rows).Labels, answer.GetProperty("predictions").EnumerateArray().Select(prediction => prediction.GetProperty("cluster").GetInt32()));
    }
}
