
namespace Clientele.Tests.Predictions;

public sealed class PredictionTests
{
    [Fact]
    public async Task A_customer_gets_the_segment_that_the_model_assigns_to_the_bit()
    {
        await using var shop = await ServedShop.Start();
        var rows = Bundles.Customers(10, 200, seed: 9);
        var expected = Bundles.Assigned(shop.Bundle, rows);

        for (int i = 0; i < rows.Rows; i++)
        {
            var (status, answer) = await shop.Post("/api/v1/predict", new { id = $"c{i}", features = Named(shop, rows.Row(i)) });

            Assert.Equal(200, status);
            Assert.Equal($"c{i}", answer.GetProperty("id").GetString());
            Assert.Equal(expected.Labels[i] + 1, answer.GetProperty("segment").GetInt32());
            Assert.Equal(shop.Bundle.Segments[expected.Labels[i]].Persona, answer.GetProperty("persona").GetString());
            Assert.Equal(expected.Distances[i], answer.GetProperty("distance").GetDouble());
            Assert.Equal(expected.SecondNearest[i] + 1, answer.GetProperty("second_nearest").GetProperty("segment").GetInt32());
            Assert.Equal(expected.Outliers[i], answer.GetProperty("outlier").GetBoolean());
            Assert.InRange(answer.GetProperty("confidence").GetDouble(), 0.5, 1);
            Assert.Equal(1, answer.GetProperty("model_version").GetInt64());
        }
    }

    [Fact]
    public async Task Many_customers_get_what_each_would_get_alone()
    {
        await using var shop = await ServedShop.Start();
        var rows = Bundles.Customers(10, 50, seed: 4);
        var asked = Enumerable.Range(0, rows.Rows).Select(i => new { id = $"c{i}", features = Named(shop, rows.Row(i)) }).ToList();

        var (status, answer) = await shop.Post("/api/v1/predict/many", new { customers = asked });

        Assert.Equal(200, status);
        var together = answer.GetProperty("predictions").EnumerateArray().ToList();
        Assert.Equal(asked.Count, together.Count);
        foreach (var (i, one) in asked.Index())
            foreach (var member in together[i].EnumerateObject())
                Assert.Equal((await shop.Post("/api/v1/predict", one)).Body.GetProperty(member.Name).GetRawText(), member.Value.GetRawText());
    }

    [Fact]
    public async Task Every_wrong_field_is_named_at_once()
    {
        await using var shop = await ServedShop.Start();

        var (status, problem) = await shop.Post("/api/v1/predict", """{"id": 7, "features": {"recency_day": 3, "invoices": "two", "units": 1e999, "spend": null, "spend": 4, "hour": 12}, "fast": true}""");

        Assert.Equal(400, status);
        Assert.Equal("urn:clientele:request/fields", problem.GetProperty("type").GetString());
        Assert.Equal(
        [
            "#/id This must be a text.",
            "#/features/recency_day There is no such field. Did you mean 'recency_days'?",
            "#/features/invoices This must be a finite number.",
            "#/features/units This must be a finite number.",
            "#/features/spend This must be a finite number.",
            "#/features/spend This field stands here twice.",
            "#/features/recency_days This field is missing.",
            "#/features/average_order_value This field is missing.",
            "#/features/distinct_products This field is missing.",
            "#/features/cancellation_rate This field is missing.",
            "#/features/monthly_spend_mean This field is missing.",
            "#/features/monthly_spend_sd This field is missing.",
            "#/features/spend_trend This field is missing.",
            "#/fast There is no such field. Valid: id, features, lifetime, orders, as_of, customer.",
        ], problem.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("pointer").GetString()} {error.GetProperty("detail").GetString()}"));
    }

    [Theory, InlineData(0.0), InlineData(0.9)]
    public async Task The_reasons_of_all_features_add_up_to_the_difference_of_the_squared_distances(double variance)
    {
        await using var shop = await ServedShop.Start(seed => Bundles.Segments(seed, variance));
        var scorer = new Clientele.Scoring.SegmentScorer(shop.Bundle);
        var rows = Bundles.Customers(10, 300, seed: 12);
        var scores = scorer.Score(rows);

        for (int i = 0; i < rows.Rows; i++)
        {
            double own = scores.Assigned.Distances[i], other = scorer.Certainty(scores, i).SecondDistance;
            Assert.Equal(other * other - own * own, scorer.Reasons(scores, i, most: 10).Sum(reason => reason.Pull), 1e-9 * (1 + other * other));
        }
        var (_, answer) = await shop.Post("/api/v1/predict", new { features = Named(shop, rows.Row(0)) });
        Assert.Equal(scorer.Reasons(scores, 0).Select(reason => (reason.Feature, reason.Value, reason.Pull)),
            answer.GetProperty("reasons").EnumerateArray().Select(reason => (reason.GetProperty("feature").GetString()!, reason.GetProperty("value").GetDouble(), reason.GetProperty("pull").GetDouble())));
    }

    [Theory, InlineData(""), InlineData("{"), InlineData("{}}"), InlineData("""{"features": {"spend": NaN}}"""), InlineData("[1"), InlineData("\u0000")]
    public async Task What_is_not_JSON_is_refused_as_such(string body)
    {
        await using var shop = await ServedShop.Start();
        foreach (string path in new[] { "/api/v1/predict", "/api/v1/predict/many", "/predict" })
        {
            var (status, problem) = await shop.Post(path, body);
            Assert.Equal(400, status);
            Assert.Equal("urn:clientele:request/json", problem.GetProperty("type").GetString());
        }
    }

    internal static Dictionary<string, double> Named(ServedShop shop, ReadOnlySpan<double> row)
    {
        var named = new Dictionary<string, double>();
        foreach (var (i, name) in shop.Bundle.Model.Space.Columns.Index())
            named[name] = row[i];
        return named;
    }
}
