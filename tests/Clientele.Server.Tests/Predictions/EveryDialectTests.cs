using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Clientele.Learning;
using Clientele.Tests.Batches;

namespace Clientele.Tests.Predictions;

/// <summary>However one asks, the answer is the pipeline's to the bit.</summary>
public sealed class EveryDialectTests
{
    private const int Customers = 100_000;

    [Fact]
    public async Task A_hundred_thousand_customers_get_the_same_answer_in_every_dialect()
    {
        await using var shop = await ServedShop.Start(seed => Bundles.Segments(seed, variance: 0.8));
        var rows = Bundles.Customers(10, Customers, seed: 77);
        var expected = shop.Bundle.Model.Assign(rows, shop.Bundle.Model.Place(rows, new(rows.Rows, 0)), threads: 0);
        var names = shop.Bundle.Model.Space.Columns;
        var batch = await shop.Lines(await shop.Batch(BatchClient.Table(names, rows)));
        var batchOfLines = await shop.Lines(await shop.Batch(string.Join('\n', Enumerable.Range(0, Customers).Select(i => $"{{\"features\": {Record(rows, i, names)}}}")), BatchClient.JsonLines));
        Assert.Equal((Customers, Customers), (batch.Count, batchOfLines.Count));
        // Bodies of a few megabytes, as clients send them.
        foreach (int[] chunk in Enumerable.Range(0, Customers).Chunk(10_000))
        {
            string table = Rows(rows, chunk), records = Records(rows, chunk, names);
            var own = (await shop.Post("/api/v1/predict/many", $$"""{"customers": [{{string.Join(",", chunk.Select(i => $"{{\"features\": {Record(rows, i, names)}}}"))}}]}""")).Body.GetProperty("predictions").EnumerateArray().ToList();
            var published = (await shop.Post("/predict", $$"""{"instances": [{{records}}]}""")).Body.GetProperty("predictions").EnumerateArray().Select(one => one.GetProperty("cluster").GetInt32());
            var inference = (await shop.Post("/v2/models/shop/infer", $$"""{"inputs": [{"name": "rows", "shape": [{{chunk.Length}}, {{names.Count}}], "datatype": "FP64", "data": [{{table}}]}]}""")).Body.GetProperty("outputs").EnumerateArray()
                .ToDictionary(output => output.GetProperty("name").GetString()!, output => output.GetProperty("data").EnumerateArray().ToList());
            var split = (await shop.Post("/invocations", $$"""{"dataframe_split": {"columns": {{JsonSerializer.Serialize(names)}}, "data": [{{table}}] } }""")).Body.GetProperty("predictions").EnumerateArray().ToList();
            var recorded = (await shop.Post("/invocations", $$"""{"dataframe_records": [{{records}}]}""")).Body.GetProperty("predictions").EnumerateArray().ToList();
            var csv = await Csv(shop, rows, chunk, names);

            Assert.Equal(chunk.Select(i => expected.Labels[i]), published);
            foreach (var (at, i) in chunk.Index())
            {
                foreach (var answer in new[] { own[at], split[at], recorded[at], csv[at], batch[i], batchOfLines[i] })
                {
                    Assert.Equal(expected.Labels[i] + 1, answer.GetProperty("segment").GetInt32());
                    Assert.Equal(expected.Distances[i], answer.GetProperty("distance").GetDouble());
                    Assert.Equal(expected.Outliers[i], answer.GetProperty("outlier").GetBoolean());
                }
                Assert.Equal(expected.SecondNearest[i] + 1, own[at].GetProperty("second_nearest").GetProperty("segment").GetInt32());
                foreach (var answer in new[] { batch[i], batchOfLines[i] })
                {
                    Assert.Equal(own[at].GetProperty("second_nearest").GetProperty("segment").GetInt32(), answer.GetProperty("second_nearest").GetInt32());
                    Assert.Equal(own[at].GetProperty("second_nearest").GetProperty("distance").GetDouble(), answer.GetProperty("second_distance").GetDouble());
                    Assert.Equal(own[at].GetProperty("confidence").GetDouble(), answer.GetProperty("confidence").GetDouble());
                }
                Assert.Equal(expected.Labels[i] + 1, inference["segment"][at].GetInt32());
                Assert.Equal(expected.Distances[i], inference["distance"][at].GetDouble());
                Assert.Equal(expected.SecondNearest[i] + 1, inference["second_nearest"][at].GetInt32());
                Assert.Equal(expected.Outliers[i], inference["outlier"][at].GetBoolean());
                Assert.Equal(shop.Bundle.Segments[expected.Labels[i]].Persona, inference["persona"][at].GetString());
            }
        }
    }

    private static async Task<List<JsonElement>> Csv(ServedShop shop, Matrix rows, int[] chunk, IReadOnlyList<string> names)
    {
        string text = string.Join(',', names) + "\n" + string.Join("\n", chunk.Select(i => string.Join(',', Numbers(rows, i)))) + "\n";
        using var content = new StringContent(text, Encoding.UTF8, new MediaTypeHeaderValue("text/csv"));
        using var response = await shop.Http.PostAsync(new Uri("/invocations", UriKind.Relative), content);
        return [.. JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("predictions").EnumerateArray()];
    }

    private static string Rows(Matrix rows, int[] chunk) => string.Join(",", chunk.Select(i => $"[{string.Join(',', Numbers(rows, i))}]"));

    private static string Records(Matrix rows, int[] chunk, IReadOnlyList<string> names) => string.Join(",", chunk.Select(i => Record(rows, i, names)));

    private static string Record(Matrix rows, int i, IReadOnlyList<string> names) => $"{{{string.Join(",", Numbers(rows, i).Zip(names, (number, name) => $"\"{name}\":{number}"))}}}";

    private static IEnumerable<string> Numbers(Matrix rows, int i) => rows.Row(i).ToArray().Select(value => value.ToString("R", CultureInfo.InvariantCulture));
}
