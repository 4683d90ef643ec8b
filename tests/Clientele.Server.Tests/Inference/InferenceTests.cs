using System.Text.Json;

namespace Clientele.Tests.Inference;

/// <summary>The Open Inference Protocol v2, as its specification and its servers have it.</summary>
public sealed class InferenceTests
{
    [Fact]
    public async Task The_server_and_its_model_tell_what_they_are()
    {
        await using var shop = await ServedShop.Start();

        Assert.True((await shop.Get("/v2/health/live")).Body.GetProperty("live").GetBoolean());
        Assert.True((await shop.Get("/v2/health/ready")).Body.GetProperty("ready").GetBoolean());
        Assert.Equal("clientele", (await shop.Get("/v2")).Body.GetProperty("name").GetString());
        Assert.True((await shop.Get("/v2/models/shop/versions/1/ready")).Body.GetProperty("ready").GetBoolean());
        var model = (await shop.Get("/v2/models/shop")).Body;
        Assert.Equal(shop.Bundle.Model.Space.Columns, model.GetProperty("inputs").EnumerateArray().Select(input => input.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Columns_by_name_in_any_order_and_only_the_outputs_that_are_wanted()
    {
        await using var shop = await ServedShop.Start();
        var rows = Bundles.Customers(10, 5, seed: 2);
        var inputs = shop.Bundle.Model.Space.Columns.Select((name, j) => new { name, shape = new[] { 5, 1 }, datatype = "FP64", parameters = new { content_type = "pd" }, data = rows.Column(j) }).Reverse();

        var (status, answer) = await shop.Post("/v2/models/shop/versions/1/infer", new { id = "42", inputs, outputs = new[] { new { name = "segment" } } });

        Assert.Equal(200, status);
        Assert.Equal(("42", "shop", "1"), (answer.GetProperty("id").GetString(), answer.GetProperty("model_name").GetString(), answer.GetProperty("model_version").GetString()));
        var only = Assert.Single(answer.GetProperty("outputs").EnumerateArray());
        Assert.Equal(Bundles.Assigned(shop.Bundle, rows).Labels.Select(label => label + 1), only.GetProperty("data").EnumerateArray().Select(value => value.GetInt32()));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"inputs": []}""")]
    [InlineData("""{"inputs": [7]}""")]
    [InlineData("""{"inputs": [{"name": "x", "shape": [1, 2], "datatype": "FP64", "data": [1, 2]}]}""")]
    [InlineData("""{"inputs": [{"name": "x", "shape": [1, 10], "datatype": "BYTES", "data": ["a"]}]}""")]
    [InlineData("""{"inputs": [{"name": "x", "shape": [1, 10], "datatype": "FP64", "data": [1, 2, 3, 4, 5, 6, 7, 8, 9, null]}]}""")]
    [InlineData("""{"inputs": [{"name": "x", "shape": [2147483647, 2147483647], "datatype": "FP64", "data": [1]}]}""")]
    [InlineData("""{"inputs": [{"name": "spend", "shape": [1], "datatype": "FP64", "data": [1]}], "outputs": [{"name": "colour"}]}""")]
    public async Task What_is_wrong_is_told_as_an_error(string body)
    {
        await using var shop = await ServedShop.Start();

        var (status, answer) = await shop.Post("/v2/models/shop/infer", body);

        Assert.Equal(400, status);
        Assert.Equal(JsonValueKind.String, answer.GetProperty("error").ValueKind);
    }

    [Fact]
    public async Task Another_model_or_version_is_not_found()
    {
        await using var shop = await ServedShop.Start();

        Assert.Equal(404, (await shop.Get("/v2/models/other")).Status);
        var (status, answer) = await shop.Get("/v2/models/shop/versions/9");
        Assert.Equal((404, "This version does not answer. Ask for version 1, or leave it out."), (status, answer.GetProperty("error").GetString()));
    }
}
