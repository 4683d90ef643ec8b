using System.Text.RegularExpressions;

namespace Clientele.Tests.Operations;

public sealed partial class OperationsTests
{
    [Fact]
    public async Task Metrics_count_predictions_under_the_published_names()
    {
        await using var shop = await ServedShop.Start();
        string body = System.Text.Json.JsonSerializer.Serialize(new { id = "secret@example.org", features = Predictions.PredictionTests.Named(shop, Bundles.Customers(10, 1, 3).Row(0)) });
        for (int i = 0; i < 7; i++)
            await shop.Post("/api/v1/predict", body);
        await shop.Post("/api/v1/predict", "{}");
        await shop.Get("/api/v1/runs/secret@example.org");

        string text = await shop.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        Assert.Contains("\nclv_requests_total 8\n", text, StringComparison.Ordinal);
        Assert.Contains("\nclv_request_latency_seconds_bucket{le=\"+Inf\"} 8\n", text, StringComparison.Ordinal);
        Assert.Contains("clientele_predictions_total{model=\"shop\",version=\"1\",result=\"answered\"} 7\n", text, StringComparison.Ordinal);
        Assert.Contains("clientele_predictions_total{model=\"shop\",version=\"1\",result=\"refused\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("clientele_model_info{model=\"shop\",version=\"1\",alias=\"champion\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("http_route=\"/api/v1/runs/{run}\",http_response_status_code=\"404\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.All(text.TrimEnd('\n').Split('\n'), line => Assert.Matches(Line(), line));
    }

    [Fact]
    public async Task Every_route_stands_in_the_OpenAPI_document_and_on_the_page()
    {
        await using var shop = await ServedShop.Start();
        var document = (await shop.Get("/openapi/v1.json")).Body;
        string page = await shop.Http.GetStringAsync(new Uri("/docs", UriKind.Relative));

        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var paths = document.GetProperty("paths").EnumerateObject().Select(path => path.Name).ToList();
        Assert.All(shop.Service.Routes.Where(route => !route.StartsWith("/openapi", StringComparison.Ordinal)), route =>
        {
            Assert.Contains(route, paths);
            Assert.Contains($">{route}<", page, StringComparison.Ordinal);
        });
        Assert.DoesNotContain("http", page.Replace("https://", "http", StringComparison.Ordinal).Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [GeneratedRegex("""^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? (NaN|[+-]?Inf|-?[0-9.E+-]+))$""")]
    private static partial Regex Line();
}
