using Clientele.Access;

namespace Clientele.Tests.Metrics;

public sealed class PrometheusTests
{
    [Fact]
    public async Task A_real_Prometheus_with_a_key_answers_the_expressions_of_system_002s_dashboard()
    {
        string key = "";
        await using var shop = await ServedShop.Start(keys: async keys => key = (await keys.Create("prometheus", Role.Viewer, null, "tester")).Text);
        shop.Http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        await using var prometheus = await PrometheusServer.Asking(shop.Service.Addresses[0], key);
        var row = Bundles.Customers(10, 1, seed: 3).Row(0).ToArray();

        // A rate needs two looks between which something happened.
        int sent = 0;
        while (await prometheus.Value("sum(rate(clv_requests_total[1m]))") is not > 0)
        {
            Assert.Equal(200, (await shop.Post("/api/v1/predict", new { features = Predictions.PredictionTests.Named(shop, row) })).Status);
            sent++;
            await Task.Delay(50);
        }
        Assert.Equal("up", await prometheus.Health());
        while (await prometheus.Value("clv_requests_total") is not { } total || total < sent)
            await Task.Delay(100);

        Assert.Equal(sent, await prometheus.Value("clv_requests_total"));
        Assert.InRange((await prometheus.Value("histogram_quantile(0.95, rate(clv_request_latency_seconds_bucket[5m]))"))!.Value, double.Epsilon, 60);
        Assert.InRange((await prometheus.Value("rate(clv_request_latency_seconds_sum[5m]) / rate(clv_request_latency_seconds_count[5m])"))!.Value, double.Epsilon, 60);
        Assert.Equal(sent, await prometheus.Value("clv_request_latency_seconds_count"));
        Assert.Equal(1, await prometheus.Value("clientele_model_info{model=\"shop\",version=\"1\",alias=\"champion\"}"));
        var types = await prometheus.Types();
        Assert.Equal(("counter", "histogram"), (types["clv_requests_total"], types["clv_request_latency_seconds"]));
        Assert.DoesNotContain("unknown", types.Values);
    }

    [Fact]
    public async Task Without_the_key_Prometheus_is_told_so()
    {
        await using var shop = await ServedShop.Start(keys: keys => keys.Create("other", Role.Viewer, null, "tester"));
        await using var prometheus = await PrometheusServer.Asking(shop.Service.Addresses[0], key: null);

        while (await prometheus.Health() is "unknown")
            await Task.Delay(100);
        Assert.Contains("401", await prometheus.Health(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Methods_and_paths_made_up_by_callers_make_no_series()
    {
        await using var shop = await ServedShop.Start();
        for (int i = 0; i < 50; i++)
            foreach (string path in (string[])["/health", $"/nothing-{i}", $"/api/v1/models/{i}", "/metrics"])
            {
                using var request = new HttpRequestMessage(new($"MADEUP{i}"), new Uri(path, UriKind.Relative));
                using var response = await shop.Http.SendAsync(request);
            }

        string metrics = await shop.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.DoesNotContain("MADEUP", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("nothing-", metrics, StringComparison.Ordinal);
        Assert.InRange(metrics.Split('\n').Length, 10, 400);
    }
}
