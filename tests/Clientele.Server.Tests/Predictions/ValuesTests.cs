using System.Globalization;
using System.Text;
using System.Text.Json;
using Clientele.Lifetime;
using Clientele.Tests.Attacks;
using Clientele.Tests.Batches;

namespace Clientele.Tests.Predictions;

/// <summary>What customers will be worth, told to whoever knows enough of them.</summary>
public sealed class ValuesTests
{
    private static readonly double[] Extremes = [0, -1, 1, 0.5, 2, 1e-300, 49_999, 50_000, 1e9, 1e28, -1e28, 1e100, -1e150, 1e300, -1e300, double.Epsilon];

    [Fact]
    public async Task Numbers_that_tell_a_value_get_the_one_that_the_model_says()
    {
        await using var shop = await ServedShop.Start(Bundles.Valued);
        var pasts = Bundles.Pasts(shop.Bundle.Valuation!.Learned.Cutoff, 200, seed: 77);
        var expected = shop.Bundle.Valuation.Value(pasts);
        Assert.True(expected.Count(value => value.Mean > 0) > 100);

        var (status, answer) = await shop.Post("/api/v1/predict/many", new { customers = pasts.Select(past => new { features = Features(shop), lifetime = Named(past) }) });

        Assert.Equal(200, status);
        foreach (var (i, prediction) in answer.GetProperty("predictions").EnumerateArray().Index())
        {
            var value = prediction.GetProperty("value");
            Assert.Equal(((double)expected[i].Mean, (double)expected[i].Median, expected[i].Alive, expected[i].Orders, expected[i].Decile),
                (value.GetProperty("mean").GetDouble(), value.GetProperty("median").GetDouble(), value.GetProperty("p_alive").GetDouble(), value.GetProperty("expected_orders").GetDouble(), value.GetProperty("decile").GetInt32()));
        }
    }

    [Fact]
    public async Task A_file_with_the_same_numbers_gets_the_same_values_and_what_contradicts_itself_is_set_aside()
    {
        await using var shop = await ServedShop.Start(Bundles.Valued);
        var pasts = Bundles.Pasts(shop.Bundle.Valuation!.Learned.Cutoff, 300, seed: 78);
        var expected = shop.Bundle.Valuation.Value(pasts);
        var names = shop.Bundle.Model.Space.Columns;
        var csv = new StringBuilder($"id,{string.Join(',', names)},{string.Join(',', CustomerPast.Named.Select(feature => $"lifetime.{feature.Name}"))}\n");
        string ones = string.Concat(Enumerable.Repeat("1,", names.Count));
        foreach (var (i, past) in pasts.Index())
            csv.Append(CultureInfo.InvariantCulture, $"c{i},{ones}{string.Join(',', Named(past).Values.Select(number => number.ToString("R", CultureInfo.InvariantCulture)))}\n");
        csv.Append(CultureInfo.InvariantCulture, $"none,{ones}{new string(',', CustomerPast.Named.Count - 1)}\n");
        csv.Append(CultureInfo.InvariantCulture, $"torn,{ones}30,20,{string.Join(',', Enumerable.Repeat("1", CustomerPast.Named.Count - 2))}\n");

        var job = await shop.Batch(csv.ToString());
        var rows = (await shop.Result(job)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split(',')).ToList();

        Assert.Equal(301, rows.Count);
        foreach (var (i, value) in expected.Index())
            Assert.Equal([(double)value.Mean, (double)value.Median, value.Alive!.Value], ((int[])[9, 10, 13]).Select(column => double.Parse(rows[i][column], CultureInfo.InvariantCulture)));
        Assert.All(rows[300][9..], cell => Assert.Equal("", cell));
        Assert.Contains("row/lifetime", await shop.Http.GetStringAsync(new Uri($"/api/v1/batches/{job.Id()}/quarantine", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_the_numbers_are_the_answer_is_an_answer()
    {
        await using var shop = await ServedShop.Start(Bundles.Valued);
        var random = new Random(2026);
        var past = Named(Bundles.Pasts(shop.Bundle.Valuation!.Learned.Cutoff, 1, seed: 79)[0]);
        int answered = 0;
        for (int i = 0; i < 1_500; i++)
        {
            var lifetime = past.ToDictionary();
            for (int changed = random.Next(1, 4); changed > 0; changed--)
                lifetime[CustomerPast.Named[random.Next(CustomerPast.Named.Count)].Name] = Extremes[random.Next(Extremes.Length)];
            string body = JsonSerializer.Serialize(new { features = Features(shop), lifetime });
            var answer = await Exchange.Send(shop, "POST", "/api/v1/predict", Encoding.UTF8.GetBytes(body), "application/json");
            Soundness.Check(answer, body);
            answered += answer.Status == 200 ? 1 : 0;
        }
        Assert.InRange(answered, 100, 1_400);
    }

    [Fact]
    public async Task Orders_are_valued_and_a_model_that_values_nobody_says_so()
    {
        const string orders = """[{"invoice": "1", "ordered_at": "2025-11-03T10:15:00", "product": "P1", "quantity": 3, "price": 2.5, "country": "Norway"}]""";
        const string returned = """[{"invoice": "C1", "ordered_at": "2025-11-03T10:15:00", "product": "P1", "quantity": -3, "price": 2.5, "country": "Norway"}]""";
        await using var valued = await ServedShop.Start(Bundles.Valued);
        await using var plain = await ServedShop.Start(Bundles.WithOrders);

        var (_, of) = await valued.Post("/api/v1/predict", $$"""{"orders": {{orders}}}""");
        var (_, later) = await valued.Post("/api/v1/predict", $$"""{"orders": {{orders}}, "as_of": "2026-03-31"}""");
        var (_, nobody) = await valued.Post("/api/v1/predict", $$"""{"orders": {{returned}}}""");
        var (_, without) = await plain.Post("/api/v1/predict", $$"""{"orders": {{orders}}}""");
        var (status, refused) = await plain.Post("/api/v1/predict", new { features = Features(plain), lifetime = new { recency_days = 1 } });

        Assert.True(of.GetProperty("value").GetProperty("p_alive").GetDouble() > later.GetProperty("value").GetProperty("p_alive").GetDouble());
        Assert.False(nobody.TryGetProperty("value", out _));
        Assert.False(without.TryGetProperty("value", out _));
        Assert.Equal((400, "#/lifetime"), (status, refused.GetProperty("errors")[0].GetProperty("pointer").GetString()));
    }

    private static Dictionary<string, double> Features(ServedShop shop) => shop.Bundle.Model.Space.Columns.ToDictionary(name => name, _ => 1.0);

    private static Dictionary<string, double> Named(CustomerPast past) => CustomerPast.Named.Zip([.. past.Features, past.RepeatValue]).ToDictionary(pair => pair.First.Name, pair => pair.Second);
}
