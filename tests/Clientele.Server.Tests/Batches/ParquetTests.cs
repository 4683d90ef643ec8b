using System.Globalization;
using System.Text.Json;
using Clientele.Engines;

namespace Clientele.Tests.Batches;

public sealed class ParquetTests
{
    [Fact]
    public async Task Parquet_in_and_out_keeps_every_bit()
    {
        await using var shop = await ServedShop.Start();
        var names = shop.Bundle.Model.Space.Columns;
        string table = BatchClient.Table(names, Bundles.Customers(10, 3_000, seed: 6)).Replace("c7,", "\"=c,\n7\",", StringComparison.Ordinal), csv = Path.Combine(shop.Folder, "rows.csv"), parquet = Path.Combine(shop.Folder, "rows.parquet"), result = Path.Combine(shop.Folder, "result.parquet");
        await File.WriteAllTextAsync(csv, table);
        await using var engine = await EngineClient.StartEmbedded();
        await Copy($"SELECT * FROM file('{csv}', 'CSVWithNames', 'id String, {string.Join(", ", names.Select(name => $"{name} Float64"))}') SETTINGS precise_float_parsing = 1, max_threads = 1", parquet, "Parquet");

        var ofCsv = await shop.Batch(table);
        var (status, body, _) = await shop.Send(await File.ReadAllBytesAsync(parquet), BatchClient.Parquet);
        Assert.Equal(202, status);
        var ofParquet = await shop.Ended(body.Id());

        Assert.Equal(("completed", "parquet", "features"), (ofParquet.State(), ofParquet.GetProperty("format").GetString(), ofParquet.GetProperty("kind").GetString()));
        Assert.Equal((3_000, 3_000, 3_000, 0), ofParquet.Rows());
        var (lines, rows) = (await shop.Lines(ofCsv), await shop.Lines(ofParquet));
        Assert.Equal(lines.Select(Numbers), rows.Select(Numbers));
        Assert.Equal(Enumerable.Range(1, 3_000), rows.Select(row => row.GetProperty("line").GetInt32()));

        await File.WriteAllBytesAsync(result, await shop.Http.GetByteArrayAsync(new Uri($"/api/v1/batches/{ofParquet.Id()}/result?format=parquet", UriKind.Relative)));
        string again = Path.Combine(shop.Folder, "again.jsonl");
        await Copy($"SELECT * FROM file('{result}', 'Parquet') SETTINGS max_threads = 1, output_format_json_quote_64bit_integers = 0, output_format_json_quote_64bit_floats = 0", again, "JSONEachRow");
        Assert.Equal(rows.Select(Numbers), (await File.ReadAllLinesAsync(again)).Select(line => Numbers(JsonDocument.Parse(line).RootElement)));

        async Task Copy(string select, string to, string format)
        {
            await using var file = File.Create(to);
            await engine.CopyTo(file, Sql.Text(select), format);
        }
    }

    [Theory, InlineData("PAR1"), InlineData("PAR1 and something else than a footer PAR1"), InlineData("a,b\n1,2\n")]
    public async Task What_is_no_Parquet_fails_the_job_with_words(string file)
    {
        await using var shop = await ServedShop.Start();

        var job = await shop.Batch(file, BatchClient.Parquet);

        Assert.Equal(("failed", "urn:clientele:batches/parquet"), (job.State(), job.GetProperty("problem").GetProperty("type").GetString()));
    }

    private static string Numbers(JsonElement row) => string.Join(' ', ((string[])["id", "segment", "persona", "distance", "confidence", "second_nearest", "second_distance", "outlier"]).Select(name => row.GetProperty(name) is { ValueKind: JsonValueKind.Number } number
        ? number.GetDouble().ToString("R", CultureInfo.InvariantCulture) : row.GetProperty(name).ToString()));
}
