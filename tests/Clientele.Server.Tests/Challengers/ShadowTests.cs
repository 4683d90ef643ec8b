using System.Globalization;
using System.Text;
using System.Text.Json;
using Clientele.Learning;
using Clientele.Lifetime;
using Clientele.Models;
using Clientele.Registry;

namespace Clientele.Tests.Challengers;

public sealed class ShadowTests
{
    private const int Customers = 300;
    private static readonly Matrix Rows = Bundles.Customers(10, Customers, seed: 9);

    [Fact]
    public async Task What_the_champion_answers_the_shadow_reckons_too_and_is_compared()
    {
        await using var shop = await Start(Bundles.Segments(2));
        var moves = Moves(shop.Bundle, Bundles.Segments(2));

        await Ask(shop);

        var shadow = await Compared(shop, Customers);
        Assert.Equal((1, 2), (shadow.GetProperty("champion").GetInt64(), shadow.GetProperty("model_version").GetInt64()));
        Assert.InRange(moves.Moved, 1, Customers - 1);
        Assert.Equal(moves.Moved, shadow.GetProperty("different").GetInt32());
        Assert.Equal((double)moves.Moved / Customers, shadow.GetProperty("different_share").GetDouble());
        Assert.Equal(moves.Between.Count, shadow.GetProperty("between").GetArrayLength());
        Assert.Equal((double)moves.Moved / Customers, await shop.Metric("clientele_shadow_different_ratio{model=\"shop\",version=\"2\"}"));
        Assert.Equal(Customers, await shop.Metric("clientele_shadow_customers_total{model=\"shop\",version=\"2\",result=\"compared\"}"));
        await ServedShop.Until(async () => await shop.Metric("clientele_shadow_duration_seconds_count{model=\"shop\",version=\"2\"}") == 1);
    }

    [Fact]
    public async Task The_same_segments_under_other_numbers_differ_in_nothing()
    {
        var bundle = Bundles.Segments(1);
        await using var shop = await Start(bundle with { Model = bundle.Model with { Clusters = bundle.Model.Clusters.Take([2, 0, 1]) } });

        await Ask(shop);

        Assert.Equal(0, (await Compared(shop, Customers)).GetProperty("different").GetInt32());
    }

    [Fact]
    public async Task What_it_cannot_keep_up_with_is_left_out_and_the_answers_are_whole()
    {
        const int many = 60_000;       // more than may wait
        await using var shop = await Start(Bundles.Segments(2), settings: "serve:\n  shadow: challenger\n  max_body_mib: 64\n");
        string row = string.Join(',', Rows.Row(0).ToArray().Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
        using var content = new StringContent($"{string.Join(',', shop.Bundle.Model.Space.Columns)}\n{string.Concat(Enumerable.Repeat($"{row}\n", many))}", Encoding.UTF8, "text/csv");

        using var response = await shop.Http.PostAsync(new Uri("/invocations", UriKind.Relative), content);

        Assert.Equal(many, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("predictions").GetArrayLength());
        JsonElement shadow = default;
        await ServedShop.Until(async () => (shadow = await Shadow(shop)).GetProperty("customers").GetInt32() + shadow.GetProperty("left_out").GetInt64() == many);
        Assert.InRange(shadow.GetProperty("left_out").GetInt64(), 10_000, many);
    }

    [Fact]
    public async Task Values_are_compared_by_their_mean_absolute_difference()
    {
        var (rows, spend) = Spenders();
        var (first, second) = (PublishedModel.Fit(rows, spend), PublishedModel.Fit(rows.Take([.. Enumerable.Range(0, 500)]), spend[..500]));
        await using var shop = await Start(Bundles.Segments(2) with { Published = second }, Bundles.Segments(1) with { Published = first });
        var asked = rows.Take([.. Enumerable.Range(0, 40)]);

        foreach (int i in Enumerable.Range(0, asked.Rows))
            Assert.Equal(200, (await shop.Post("/predict", PublishedModel.Columns.Zip(asked.Row(i).ToArray()).ToDictionary(pair => pair.First, pair => pair.Second))).Status);

        JsonElement shadow = default;
        await ServedShop.Until(async () => (shadow = await Shadow(shop)).GetProperty("values").GetInt32() == asked.Rows);
        double expected = first.Predict(asked).Zip(second.Predict(asked), (one, other) => Math.Abs(one - other)).Average();
        Assert.True(expected > 1);
        Assert.Equal(expected, shadow.GetProperty("mean_value_difference").GetDouble(), 1e-9 * expected);
    }

    [Fact]
    public async Task A_shadow_that_becomes_champion_or_is_switched_off_is_compared_no_longer()
    {
        await using var shop = await Start(Bundles.Segments(2));
        await shop.Move(2);
        await ServedShop.Until(async () => !(await Shadow(shop)).TryGetProperty("model_version", out _));

        await shop.Call("challenger", 1);
        await ServedShop.Until(async () => (await Shadow(shop)).TryGetProperty("model_version", out var version) && version.GetInt64() == 1);
        shop.Set("");
        await ServedShop.Until(async () => !(await Shadow(shop)).TryGetProperty("alias", out _));
        await Ask(shop);
    }

    private static async Task<ServedShop> Start(ModelBundle challenger, ModelBundle? champion = null, string settings = "serve:\n  shadow: challenger\n")
    {
        var shop = await ServedShop.Start(champion is null ? null : _ => champion, settings: settings, options: asked => asked with { Watch = TimeSpan.FromMilliseconds(50) });
        await shop.Call("challenger", await shop.Register(challenger));
        await ServedShop.Until(async () => (await Shadow(shop)).TryGetProperty("model_version", out _));
        return shop;
    }

    private static async Task Ask(ServedShop shop) =>
        Assert.Equal(200, (await shop.Post("/api/v1/predict/many", new { customers = Enumerable.Range(0, Customers).Select(i => new { features = Predictions.PredictionTests.Named(shop, Rows.Row(i)) }) })).Status);

    private static async Task<JsonElement> Shadow(ServedShop shop) => (await shop.Get("/api/v1/models/shadow")).Body;

    private static async Task<JsonElement> Compared(ServedShop shop, int customers)
    {
        JsonElement shadow = default;
        await ServedShop.Until(async () => (shadow = await Shadow(shop)).GetProperty("customers").GetInt32() == customers);
        return shadow;
    }

    private static SegmentMoves Moves(ModelBundle champion, ModelBundle challenger)
    {
        return SegmentMoves.From(Assigned(champion), Assigned(challenger));

        static Dictionary<string, string> Assigned(ModelBundle bundle) => Bundles.Assigned(bundle, Rows).Labels.Select((label, i) => (label, i)).ToDictionary(one => $"{one.i}", one => $"{one.label}");
    }

    // Nine numbers, made up, and what was spent then.
    private static (Matrix Rows, double[] Spend) Spenders()
    {
        var rows = Bundles.Customers(9, 1_000, seed: 4);
        return (rows, [.. Enumerable.Range(0, rows.Rows).Select(i => Math.Abs(rows[i, 2]) + i % 7 * 100)]);
    }
}
