using System.Text;
using System.Text.Json;
using Clientele.Learning;
using Clientele.Models;

namespace Clientele.Tests.Challengers;

public sealed class CanaryTests
{
    private const int Customers = 200;
    private static readonly Matrix Rows = Bundles.Customers(10, Customers, seed: 9);

    [Fact]
    public async Task A_customer_stays_with_its_version_and_is_never_taken_back_as_the_share_grows()
    {
        await using var shop = await Tried(percent: 10);
        var ten = await Canaries(shop);

        shop.Set(Percent(40));
        await ServedShop.Until(async () => await shop.Metric("clientele_canary_share_ratio") == 0.4);
        var forty = await Canaries(shop);
        shop.Set(Percent(100));
        await ServedShop.Until(async () => await shop.Metric("clientele_canary_share_ratio") == 1);
        var all = await Canaries(shop);
        shop.Set(Percent(10));
        await ServedShop.Until(async () => await shop.Metric("clientele_canary_share_ratio") == 0.1);

        Assert.InRange(ten.Count, 1, forty.Count - 1);
        Assert.Subset(forty, ten);
        Assert.Equal(Customers, all.Count);
        Assert.Equal(ten, await Canaries(shop));
    }

    [Fact]
    public async Task Asked_one_by_one_or_all_at_once_each_customer_is_answered_by_its_version_and_told_which()
    {
        await using var shop = await Tried(percent: 50);
        var expected = new Dictionary<long, Clientele.Segments.SegmentAssignment> { [1] = Bundles.Assigned(shop.Bundle, Rows), [2] = Bundles.Assigned(Bundles.Segments(2), Rows) };

        var many = (await shop.Post("/api/v1/predict/many", new { customers = Enumerable.Range(0, Customers).Select(i => Asked(shop, i)) })).Body.GetProperty("predictions").EnumerateArray().ToList();

        Assert.Equal(Customers, many.Count);
        var versions = new HashSet<long>();
        for (int i = 0; i < Customers; i++)
        {
            long version = many[i].GetProperty("model_version").GetInt64();
            versions.Add(version);
            Assert.Equal($"c{i}", many[i].GetProperty("id").GetString());
            Assert.Equal(expected[version].Distances[i], many[i].GetProperty("distance").GetDouble());
            if (i % 10 == 0)
                Assert.Equal(many[i].GetRawText(), (await shop.Post("/api/v1/predict", Asked(shop, i))).Body.GetRawText());
        }
        Assert.Equal([1, 2], versions.Order());
    }

    [Fact]
    public async Task Every_dialect_names_the_version_and_answers_as_it_does()
    {
        await using var shop = await Tried(percent: 50);
        var bundles = new Dictionary<string, ModelBundle> { ["1"] = shop.Bundle, ["2"] = Bundles.Segments(2) };
        var seen = new HashSet<string>();
        for (int i = 0; i < 40; i++)
        {
            var row = new Matrix(1, 10, Rows.Row(i).ToArray());
            string record = JsonSerializer.Serialize(Predictions.PredictionTests.Named(shop, Rows.Row(i)));
            string data = string.Join(',', row.Values.Select(value => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)));
            var (instances, first) = await Answer(shop, "/predict", $$"""{"instances": [{{record}}]}""");
            var (invoked, second) = await Answer(shop, "/invocations", $$"""{"dataframe_records": [{{record}}]}""");
            var (inferred, third) = await Answer(shop, "/v2/models/shop/infer", $$"""{"inputs": [{"name": "rows", "shape": [1, 10], "datatype": "FP64", "data": [{{data}}]}]}""");
            var (asked, fourth) = await Answer(shop, "/v2/models/shop/versions/2/infer", $$"""{"inputs": [{"name": "rows", "shape": [1, 10], "datatype": "FP64", "data": [{{data}}]}]}""");

            Assert.Equal(Label(first), instances.GetProperty("predictions")[0].GetProperty("cluster").GetInt32());
            Assert.Equal(Label(second) + 1, invoked.GetProperty("predictions")[0].GetProperty("segment").GetInt32());
            Assert.Equal(third, inferred.GetProperty("model_version").GetString());
            Assert.Equal(Label(third) + 1, inferred.GetProperty("outputs")[0].GetProperty("data")[0].GetInt32());
            Assert.Equal(("2", "2"), (fourth, asked.GetProperty("model_version").GetString()));
            seen.UnionWith([first, second, third]);

            int Label(string version) => Bundles.Assigned(bundles[version], row).Labels[0];
        }
        Assert.Equal(["1", "2"], seen.Order());
        Assert.True(await shop.Metric("clientele_predictions_total{model=\"shop\",version=\"2\",result=\"answered\"}") >= 40);
    }

    [Fact]
    public async Task While_challengers_and_shares_change_no_request_fails()
    {
        await using var shop = await Tried(percent: 30);
        await shop.Register(Bundles.Segments(3));
        var bundles = Enumerable.Range(1, 3).ToDictionary(version => (long)version, version => Bundles.Assigned(Bundles.Segments((ulong)version), Rows));
        using var over = new CancellationTokenSource();
        var load = Enumerable.Range(0, 3).Select(async worker =>
        {
            for (int n = worker; !over.IsCancellationRequested; n++)
            {
                int i = n % Customers;
                var (status, answer) = await shop.Post("/api/v1/predict", Asked(shop, i));
                Assert.Equal(200, status);
                Assert.Equal(bundles[answer.GetProperty("model_version").GetInt64()].Distances[i], answer.GetProperty("distance").GetDouble());
            }
        }).ToList();

        for (int turn = 0; turn < 6; turn++)
        {
            long version = turn % 2 == 0 ? 3 : 2;
            await shop.Call("challenger", version);
            shop.Set(Percent(10 + 10 * turn));
            await ServedShop.Until(async () => await shop.Metric($"clientele_model_info{{model=\"shop\",version=\"{version}\",alias=\"challenger\"}}") == 1 && Math.Abs(await shop.Metric("clientele_canary_share_ratio") - (0.1 + 0.1 * turn) ?? 1) < 1e-9);
        }
        await shop.Call("challenger", null);
        await ServedShop.Until(async () => await shop.Metric("clientele_canary_share_ratio") == 0);
        await over.CancelAsync();
        await Task.WhenAll(load);
    }

    [Fact]
    public async Task A_damaged_challenger_leaves_everybody_to_the_champion()
    {
        await using var shop = await Start(100);
        long next = await shop.Register(Bundles.Segments(2));
        shop.FlipAByteOf(next);

        await shop.Call("challenger", next);

        await ServedShop.Until(async () => await shop.Metric("clientele_challenger_refused{use=\"canary\"}") == 1);
        Assert.Empty(await Canaries(shop));
    }

    [Fact]
    public async Task A_challenger_that_asks_for_other_features_leaves_everybody_to_the_champion()
    {
        await using var shop = await Start(100);

        await shop.Call("challenger", await shop.Register(Bundles.Segments(2, set: "clv_9")));

        await ServedShop.Until(async () => await shop.Metric("clientele_challenger_refused{use=\"canary\"}") == 1);
        Assert.Empty(await Canaries(shop));
    }

    [Fact]
    public async Task Settings_that_are_wrong_change_nothing()
    {
        await using var shop = await Tried(percent: 100);

        shop.Set("serve:\n  canary: {percents: 0}\n");
        await ServedShop.Until(async () => await shop.Metric("clientele_settings_refused") == 1);

        Assert.Equal(Customers, (await Canaries(shop)).Count);
    }

    private static string Percent(int percent) => $"serve:\n  canary: {{alias: challenger, percent: {percent}}}\n";

    private static async Task<ServedShop> Tried(int percent)
    {
        var shop = await Start(percent);
        await shop.Call("challenger", await shop.Register(Bundles.Segments(2)));
        await ServedShop.Until(async () => await shop.Metric("clientele_model_info{model=\"shop\",version=\"2\",alias=\"challenger\"}") == 1);
        return shop;
    }

    private static Task<ServedShop> Start(int percent) => ServedShop.Start(settings: Percent(percent), options: asked => asked with { Watch = TimeSpan.FromMilliseconds(50) });

    private static object Asked(ServedShop shop, int i) => new { id = $"c{i}", features = Predictions.PredictionTests.Named(shop, Rows.Row(i)) };

    private static async Task<SortedSet<int>> Canaries(ServedShop shop, long version = 2)
    {
        var canaries = new SortedSet<int>();
        var (status, answer) = await shop.Post("/api/v1/predict/many", new { customers = Enumerable.Range(0, Customers).Select(i => Asked(shop, i)) });
        Assert.Equal(200, status);
        long all = answer.GetProperty("model_version").GetInt64();
        foreach (var (i, one) in answer.GetProperty("predictions").EnumerateArray().Index())
            if ((one.TryGetProperty("model_version", out var said) ? said.GetInt64() : all) == version)
                canaries.Add(i);
        return canaries;
    }

    private static async Task<(JsonElement Answer, string Version)> Answer(ServedShop shop, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await shop.Http.PostAsync(new Uri(path, UriKind.Relative), content);
        Assert.Equal(200, (int)response.StatusCode);
        return (JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement, Assert.Single(response.Headers.GetValues("Model-Version")));
    }
}
