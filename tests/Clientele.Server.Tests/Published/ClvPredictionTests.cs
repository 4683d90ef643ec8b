using System.Globalization;
using System.Text.Json;
using Clientele.Learning;
using Clientele.Lifetime;

namespace Clientele.Tests.Published;

/// <summary>clv-prediction (system 002): what its README sends, and what it promises. Source of the figures: its README and its committed model.</summary>
public sealed class ClvPredictionTests
{
    private const string Sample = """{"recency_days": 14, "frequency": 18, "total_revenue": 8500, "avg_order_value": 470, "tenure_days": 600, "active_months": 12, "purchase_velocity": 1.5, "avg_gap_days": 15, "std_gap_days": 6}""";
    private const string Other = """{"recency_days": 14, "frequency": 10, "total_revenue": 5000, "avg_order_value": 500, "tenure_days": 365, "active_months": 12, "purchase_velocity": 1.2, "avg_gap_days": 20, "std_gap_days": 5, "customer": "passed over"}""";

    [Fact]
    public async Task The_requests_of_the_README_are_answered_as_published()
    {
        await using var shop = await Start();

        var (status, answer) = await shop.Post("/predict", Sample);
        var (_, other) = await shop.Post("/predict", Other);

        Assert.Equal(200, status);
        Assert.Equal("predicted_clv_6m", Assert.Single(answer.EnumerateObject()).Name);
        Assert.Equal(8051.1214612057, answer.GetProperty("predicted_clv_6m").GetDouble(), 8051 * 1e-9);
        Assert.Equal(5554.6021042519, other.GetProperty("predicted_clv_6m").GetDouble(), 5554 * 1e-9);
        Assert.Equal("""{"status":"ok"}""", (await shop.Get("/health")).Body.GetRawText());
        Assert.Contains("clv_requests_total 2\n", await shop.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Contains("/predict", await shop.Http.GetStringAsync(new Uri("/docs", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_customer_will_spend_is_never_below_zero()
    {
        await using var shop = await Start();

        var (_, answer) = await shop.Post("/predict", Sample.Replace("8500", "-850000", StringComparison.Ordinal));

        Assert.Equal(0, answer.GetProperty("predicted_clv_6m").GetDouble());
    }

    [Fact]
    public async Task Missing_and_wrong_fields_are_told_as_its_clients_know_it()
    {
        await using var shop = await Start();

        var (status, answer) = await shop.Post("/predict", """{"recency_days": "soon", "frequency": 3}""");

        Assert.Equal(422, status);
        var details = answer.GetProperty("detail").EnumerateArray().ToList();
        Assert.Equal(8, details.Count);
        Assert.Equal("""["body","recency_days"]""", details[0].GetProperty("loc").GetRawText());
    }

    [Fact]
    public async Task Every_dialect_values_every_published_customer_alike()
    {
        await using var shop = await Start();
        var (rows, _) = Published();
        double[] expected = Model().Predict(rows);
        string table = string.Join(",", Enumerable.Range(0, rows.Rows).Select(i => $"[{string.Join(',', rows.Row(i).ToArray().Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}]"));

        var inference = (await shop.Post("/v2/models/shop/infer", $$"""{"inputs": [{"name": "rows", "shape": [{{rows.Rows}}, 9], "datatype": "FP64", "data": [{{table}}]}]}""")).Body.GetProperty("outputs")[0].GetProperty("data");
        var invoked = (await shop.Post("/invocations", $$"""{"dataframe_split": {"columns": {{JsonSerializer.Serialize(PublishedModel.Columns)}}, "data": [{{table}}] } }""")).Body.GetProperty("predictions");

        Assert.Equal(expected, inference.EnumerateArray().Select(value => value.GetDouble()));
        Assert.Equal(expected, invoked.EnumerateArray().Select(value => value.GetDouble()));
        for (int i = 0; i < rows.Rows; i += 100)
        {
            var one = PublishedModel.Columns.Zip(rows.Row(i).ToArray()).ToDictionary(pair => pair.First, pair => pair.Second);
            Assert.Equal(expected[i], (await shop.Post("/predict", one)).Body.GetProperty("predicted_clv_6m").GetDouble());
        }
    }

    private static Task<ServedShop> Start() => ServedShop.Start(seed => Bundles.Segments(seed) with { Published = Model() });

    private static PublishedModel Model()
    {
        var (rows, spend) = Published();
        var training = PublishedSplit.Of(spend.Length).Training;
        return PublishedModel.Fit(rows.Take(training), [.. training.Select(i => spend[i])]);
    }

    // The table that the publication learned from.
    private static (Matrix Rows, double[] Spend) Published()
    {
        string[][] cells = [.. File.ReadLines(TestData.File_("published", "clv_modeling_table.csv")).Select(line => line.Split(','))];
        int[] columns = [.. PublishedModel.Columns.Select(name => Array.IndexOf(cells[0], name))];
        int target = Array.IndexOf(cells[0], "clv_6m");
        return (new(cells.Length - 1, 9, [.. cells.Skip(1).SelectMany(row => columns.Select(column => Number(row[column])))]), [.. cells.Skip(1).Select(row => Number(row[target]))]);
    }

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
}
