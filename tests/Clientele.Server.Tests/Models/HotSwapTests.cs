using System.Collections.Concurrent;

namespace Clientele.Tests.Models;

public sealed class HotSwapTests
{
    [Fact]
    public async Task Over_a_thousand_alias_moves_no_request_fails_and_every_answer_names_who_computed_it()
    {
        await using var shop = await ServedShop.Start();
        var bundles = new Dictionary<long, Clientele.Models.ModelBundle> { [1] = shop.Bundle };
        foreach (ulong seed in new ulong[] { 2, 3 })
            bundles[await shop.Register(Bundles.Segments(seed))] = Bundles.Segments(seed);
        var rows = Bundles.Customers(10, 64, seed: 9);
        var expected = bundles.ToDictionary(entry => entry.Key, entry => Bundles.Assigned(entry.Value, rows));
        var answered = new ConcurrentDictionary<long, int>();
        using var over = new CancellationTokenSource();

        var load = Enumerable.Range(0, 4).Select(async worker =>
        {
            for (int n = worker; !over.IsCancellationRequested; n++)
            {
                int i = n % rows.Rows;
                var (status, answer) = await shop.Post("/api/v1/predict", new { features = Predictions.PredictionTests.Named(shop, rows.Row(i)) });
                Assert.Equal(200, status);
                long version = answer.GetProperty("model_version").GetInt64();
                Assert.Equal(expected[version].Distances[i], answer.GetProperty("distance").GetDouble());
                answered.AddOrUpdate(version, 1, (_, count) => count + 1);
            }
        }).ToList();
        for (int move = 1; move <= 1000; move++)
        {
            var (status, champion) = await shop.Post($"/api/v1/models/{move % 3 + 1}/promote", new { reason = $"move {move}", force = true });
            Assert.Equal((200, move % 3 + 1), (status, champion.GetProperty("version").GetInt64()));
        }
        await over.CancelAsync();
        await Task.WhenAll(load);

        Assert.Equal([1, 2, 3], answered.Keys.Order());
    }

    [Fact]
    public async Task A_champion_of_another_process_takes_over()
    {
        await using var shop = await ServedShop.Start();

        long version = await shop.Promote(Bundles.Segments(5));

        await ServedShop.Until(async () => (await shop.Get("/ready")).Body.GetProperty("model_version").GetInt64() == version);
    }

    [Fact]
    public async Task A_bundle_with_a_flipped_byte_is_refused_and_the_old_one_goes_on()
    {
        await using var shop = await ServedShop.Start();
        long next = await shop.Register(Bundles.Segments(2));
        shop.FlipAByteOf(next);

        var (status, problem) = await shop.Post($"/api/v1/models/{next}/promote", new { reason = "better", force = true });

        Assert.Equal(503, status);
        Assert.StartsWith("urn:clientele:objects/", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.Equal("champion", Assert.Single((await shop.Get("/api/v1/models/1")).Body.GetProperty("aliases").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task A_champion_whose_bundle_was_damaged_does_not_take_over_from_the_old_one()
    {
        await using var shop = await ServedShop.Start();
        long next = await shop.Register(Bundles.Segments(2));
        shop.FlipAByteOf(next);

        await shop.Move(next);

        await ServedShop.Until(async () => (await shop.Get("/ready")).Body.TryGetProperty("refused", out _));
        var (_, answer) = await shop.Post("/api/v1/predict", new { features = Predictions.PredictionTests.Named(shop, Bundles.Customers(10, 1, 3).Row(0)) });
        Assert.Equal(1, answer.GetProperty("model_version").GetInt64());
    }

    [Fact]
    public async Task Rolling_back_lets_the_champion_before_answer_again()
    {
        await using var shop = await ServedShop.Start();
        long next = await shop.Register(Bundles.Segments(2));
        await shop.Post($"/api/v1/models/{next}/promote", new { reason = "better", force = true });

        var (status, champion) = await shop.Post("/api/v1/models/rollback", new { reason = "was not better" });

        Assert.Equal((200, 1), (status, champion.GetProperty("version").GetInt64()));
        var history = (await shop.Get("/api/v1/models/1")).Body.GetProperty("history").EnumerateArray().Select(entry => entry.GetProperty("reason").GetString());
        Assert.Contains("was not better", history);
    }

    [Fact]
    public async Task Told_to_stop_under_load_it_answers_every_request_that_it_took()
    {
        await using var shop = await ServedShop.Start(options: asked => asked with { Notice = TimeSpan.FromMilliseconds(700) });
        using var stop = new CancellationTokenSource();
        var running = shop.Service.Run(stop.Token);
        string body = System.Text.Json.JsonSerializer.Serialize(new { features = Predictions.PredictionTests.Named(shop, Bundles.Customers(10, 1, 3).Row(0)) });
        int answered = 0;
        var load = Enumerable.Range(0, 8).Select(async _ =>
        {
            // As whoever balances load does it: nothing new for a service that is not ready.
            while ((await shop.Get("/ready")).Status == 200)
            {
                Assert.Equal(200, (await shop.Post("/api/v1/predict", body)).Status);
                Interlocked.Increment(ref answered);
            }
        }).ToList();
        await Task.Delay(300);

        await stop.CancelAsync();
        await Task.WhenAll(load);
        await running;

        Assert.True(answered > 0);
        await Assert.ThrowsAsync<HttpRequestException>(() => shop.Get("/ready"));
    }
}
