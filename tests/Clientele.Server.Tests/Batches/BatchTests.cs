using System.Globalization;
using System.Text;
using System.Text.Json;
using Clientele.Models;
using Clientele.Settings;

namespace Clientele.Tests.Batches;

public sealed class BatchTests
{
    private static readonly string[] ResultColumns = ["line", "id", "segment", "persona", "distance", "confidence", "second_nearest", "second_distance", "outlier", "clv_mean", "clv_median", "clv_lower_80", "clv_upper_80", "p_alive"];

    [Fact]
    public async Task Every_row_of_a_table_gets_what_it_would_get_alone()
    {
        await using var shop = await ServedShop.Start();
        var rows = Bundles.Customers(10, 300, seed: 21);

        var job = await shop.Batch(BatchClient.Table(shop.Bundle.Model.Space.Columns, rows));

        Assert.Equal(("completed", "features", 1L), (job.State(), job.GetProperty("kind").GetString(), job.GetProperty("model_version").GetInt64()));
        Assert.Equal((300, 300, 300, 0), job.Rows());
        string[] lines = (await shop.Result(job)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(string.Join(',', ResultColumns), lines[0]);
        Assert.Equal(301, lines.Length);
        for (int i = 0; i < rows.Rows; i++)
        {
            var alone = (await shop.Post("/api/v1/predict", new { features = Predictions.PredictionTests.Named(shop, rows.Row(i)) })).Body;
            string[] cells = lines[i + 1].Split(',');
            Assert.Equal(
                (i + 2, $"c{i}", alone.GetProperty("segment").GetInt32(), alone.GetProperty("persona").GetString(), alone.GetProperty("distance").GetDouble(), alone.GetProperty("confidence").GetDouble()),
                (Int(cells[0]), cells[1], Int(cells[2]), cells[3], Double(cells[4]), Double(cells[5])));
            var second = alone.GetProperty("second_nearest");
            Assert.Equal((second.GetProperty("segment").GetInt32(), second.GetProperty("distance").GetDouble(), alone.GetProperty("outlier").GetBoolean()), (Int(cells[6]), Double(cells[7]), bool.Parse(cells[8])));
        }
    }

    [Fact]
    public async Task Bad_rows_are_set_aside_with_line_and_reason_and_the_good_ones_go_on()
    {
        await using var shop = await ServedShop.Start();
        var names = shop.Bundle.Model.Space.Columns;
        string good = string.Join(',', names.Select(_ => "1"));
        string file = $"""
            id,{string.Join(',', names)}
            a,{good}
            b,two{good[1..]}

            c,{good},7
            d,1
            "e
            f",{good}
            "g"h,{good}
            =SUM(A1),{good}
            i,1e999{good[1..]}
            j,NaN{good[1..]}
            k,1e300{good[1..]}
            "l, ""the"" last",{good}
            """;

        var job = await shop.Batch(file);

        Assert.Equal("completed", job.State());
        Assert.Equal((11, 11, 4, 7), job.Rows());
        Assert.Equal([(2, "a"), (7, "e\nf"), (10, "=SUM(A1)"), (14, "l, \"the\" last")], (await shop.Lines(job)).Select(row => (row.GetProperty("line").GetInt32(), row.GetProperty("id").GetString()!)));
        Assert.Contains("'=SUM(A1)", await shop.Result(job), StringComparison.Ordinal);
        var aside = await shop.Lines(job, "quarantine");
        Assert.Equal(
            [(3, "row/features"), (5, "row/too-many-cells"), (6, "row/too-few-cells"), (9, "row/quotes"), (11, "row/features"), (12, "row/features"), (13, "row/out-of-reach")],
            aside.Select(row => (row.GetProperty("line").GetInt32(), row.GetProperty("kind").GetString()!)));
        Assert.Equal($"{names[0]}: this must be a finite number.", aside[0].GetProperty("reason").GetString());
        Assert.Equal($"b,two{good[1..]}", aside[0].GetProperty("row").GetString());
    }

    [Fact]
    public async Task Lines_of_JSON_are_requests_for_one_prediction()
    {
        await using var shop = await ServedShop.Start(Bundles.WithOrders);
        string features = JsonSerializer.Serialize(Predictions.PredictionTests.Named(shop, Bundles.Customers(10, 1, seed: 3).Row(0)));
        string[] lines =
        [
            $$"""{"id": "by features", "features": {{features}}}""",
            """{"id": "by orders", "orders": [{"invoice": "1", "ordered_at": "2025-11-03", "product": "P1", "quantity": 3, "price": 2.5, "country": "Norway"}], "as_of": "2025-12-31"}""",
            """{"id": "bad", "orders": []}""", "not JSON", """{"customer": "nobody"}""", $$"""{"features": {{features}}}""",
        ];

        var job = await shop.Batch(string.Join("\r\n", lines), BatchClient.JsonLines);

        Assert.Equal((6, 6, 3, 3), job.Rows());
        var answers = await shop.Lines(job);
        foreach (var (answer, line) in answers.Zip([lines[0], lines[1], lines[5]]))
            Assert.Equal((await shop.Post("/api/v1/predict", line)).Body.GetProperty("distance").GetDouble(), answer.GetProperty("distance").GetDouble());
        Assert.Equal([1, 2, 6], answers.Select(answer => answer.GetProperty("line").GetInt32()));
        Assert.Equal([(3, "row/fields"), (4, "row/json"), (5, "row/fields")], (await shop.Lines(job, "quarantine")).Select(row => (row.GetProperty("line").GetInt32(), row.GetProperty("kind").GetString()!)));
    }

    [Fact]
    public async Task Order_lines_become_the_customers_whose_they_are()
    {
        await using var shop = await ServedShop.Start(Bundles.WithOrders);
        const string file = """
            customer,invoice,ordered_at,product,quantity,price,country
            a,1,2025-11-03T10:15:00,P1,3,2.5,Norway
            b,2,2025-11-04,P1,1,2.5,Norway
            a,1,2025-11-03T10:15:00,P2,1,19.99,Norway
            ,3,2025-11-05,P1,1,1,Norway
            a,4,yesterday,P1,1,1,Norway
            a,7,2025-12-20,P1,10,2.25,Norway
            c,8,2025-12-20,P1,,2.25,Norway
            d,9,2026-01-20,P1,1,2.25,Norway
            """;

        var job = await shop.Batch(file, query: "?as_of=2025-12-31");

        Assert.Equal(("completed", "orders", "2025-12-31"), (job.State(), job.GetProperty("kind").GetString(), job.GetProperty("as_of").GetString()));
        Assert.Equal((8, 8, 4, 4), job.Rows());
        var answers = await shop.Lines(job);
        Assert.Equal([(2, "a"), (3, "b")], answers.Select(answer => (answer.GetProperty("line").GetInt32(), answer.GetProperty("id").GetString()!)));
        var alone = (await shop.Post("/api/v1/predict", """
            {"orders": [{"invoice": 1, "ordered_at": "2025-11-03T10:15:00", "product": "P1", "quantity": 3, "price": 2.5, "country": "Norway"},
                {"invoice": "1", "ordered_at": "2025-11-03T10:15:00", "product": "P2", "quantity": 1, "price": 19.99, "country": "Norway"},
                {"invoice": "7", "ordered_at": "2025-12-20", "product": "P1", "quantity": 10, "price": 2.25, "country": "Norway"}], "as_of": "2025-12-31"}
            """)).Body;
        Assert.Equal(alone.GetProperty("distance").GetDouble(), answers[0].GetProperty("distance").GetDouble());
        Assert.Equal([(5, "row/missing-customer"), (6, "row/bad-date"), (8, "row/missing-quantity"), (9, "row/no-order")], (await shop.Lines(job, "quarantine")).Select(row => (row.GetProperty("line").GetInt32(), row.GetProperty("kind").GetString()!)));
        // Without a date it is the day of the last line.
        Assert.Equal("2026-01-20", (await shop.Batch(file)).GetProperty("as_of").GetString());
    }

    [Fact]
    public async Task Order_lines_are_read_as_those_of_the_workspaces_own_files()
    {
        await using var shop = await ServedShop.Start(seed => WithColumns(seed, own => own with { Invoice = "Rechnung", Customer = "Kunde", OrderedAt = "Datum", DateOrder = DateOrder.DayFirst, Product = "Name", Quantity = "Menge", Price = "Preis", Country = "Land" }));
        const string file = """
            Kunde;Rechnung;Datum;product;Name;Menge;Preis;Land
            17850.0;1;03.11.2025 10:15;P1;Cup;3.0;2.5;Norway
            17850;1;3/11/2025 10:15:00;P1;Mug;1;1999e-2;Norway
            17850;7;2025-12-20;P1;Cup;+10;2.25;Norway
            17850;8;11/20/2025;P1;Cup;1;1;Norway
            17850;8;20/11/2025;P1;Cup;1.5;1;Norway
            17850;8;20/11/2025;P1;Cup;1;1,50;Norway
            """;

        var job = await shop.Batch(file, query: "?as_of=2025-12-31");

        // A product is what it is in the source, though another column is called so.
        var alone = (await shop.Post("/api/v1/predict", """
            {"orders": [{"invoice": 1, "ordered_at": "2025-11-03T10:15:00", "product": "Cup", "quantity": 3, "price": 2.5, "country": "Norway"},
                {"invoice": "1", "ordered_at": "2025-11-03T10:15:00", "product": "Mug", "quantity": 1, "price": 19.99, "country": "Norway"},
                {"invoice": "7", "ordered_at": "2025-12-20", "product": "Cup", "quantity": 10, "price": 2.25, "country": "Norway"}], "as_of": "2025-12-31"}
            """)).Body;
        var answer = Assert.Single(await shop.Lines(job));
        Assert.Equal(("17850", alone.GetProperty("distance").GetDouble()), (answer.GetProperty("id").GetString(), answer.GetProperty("distance").GetDouble()));
        var aside = await shop.Lines(job, "quarantine");
        Assert.Equal([(5, "row/bad-date"), (6, "row/bad-quantity"), (7, "row/bad-price")], aside.Select(row => (row.GetProperty("line").GetInt32(), row.GetProperty("kind").GetString()!)));
        Assert.EndsWith("Write it like 31/12/2011 23:59 or 2011-12-31 23:59:00.", aside[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(["product"], job.GetProperty("passed_over").EnumerateArray().Select(column => column.GetString()!));
    }

    [Theory, InlineData("price,line_total"), InlineData("line_total,price")]
    public async Task Money_is_the_total_of_a_line_where_the_models_source_had_that(string headers)
    {
        await using var shop = await ServedShop.Start(seed => WithColumns(seed, own => own with { Price = null, LineTotal = "total" }));
        string[] names = headers.Split(',');

        var job = await shop.Batch($"customer,invoice,ordered_at,product,quantity,{headers},country\na,1,2025-11-03,P1,3,{(names[0] == "price" ? "2.5,7.5" : "7.5,2.5")},Norway\n", query: "?as_of=2025-12-31");

        var alone = (await shop.Post("/api/v1/predict", """{"orders": [{"invoice": 1, "ordered_at": "2025-11-03", "product": "P1", "quantity": 3, "line_total": 7.5, "country": "Norway"}], "as_of": "2025-12-31"}""")).Body;
        Assert.Equal(alone.GetProperty("distance").GetDouble(), Assert.Single(await shop.Lines(job)).GetProperty("distance").GetDouble());
        Assert.Equal(["price"], job.GetProperty("passed_over").EnumerateArray().Select(column => column.GetString()!));
    }

    private static ModelBundle WithColumns(ulong seed, Func<ColumnMapping, ColumnMapping> change)
    {
        var bundle = Bundles.WithOrders(seed);
        return bundle with { Settings = bundle.Settings with { Columns = change(bundle.Settings.Columns) } };
    }

    [Theory, InlineData("", "batches/empty"), InlineData("\n \n", "batches/empty"), InlineData("spend,country\n1,2\n", "batches/columns"), InlineData("colour,shape\nred,round\n", "batches/columns"), InlineData("customer,date,product,quantity\na,2025-11-03,P1,1\n", "batches/columns"), InlineData("customer,customer\n1,2\n", "batches/columns"), InlineData("\u001f\u008b\0\0", "batches/text"), InlineData("PK\u0003\u0004", "batches/text")]
    public async Task A_file_of_which_nothing_can_be_scored_is_refused_at_once_and_leaves_nothing(string file, string kind)
    {
        await using var shop = await ServedShop.Start();

        var (status, problem, _) = await shop.Send(Encoding.Latin1.GetBytes(file), BatchClient.Csv);

        Assert.Equal((400, $"urn:clientele:{kind}"), (status, problem.GetProperty("type").GetString()));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(shop.Folder, "batches")));
    }

    [Fact]
    public async Task A_file_under_another_type_is_told_which_it_may_have()
    {
        await using var shop = await ServedShop.Start();

        // What curl says of a file unless told otherwise.
        var (status, problem, _) = await shop.Send("customer\na\n", "application/x-www-form-urlencoded");
        var (other, text, _) = await shop.Send("customer\na\n", "text/csv; charset=windows-1252");

        Assert.Equal((415, "Say what the body is: Content-Type is one of application/json, text/csv, application/jsonl, application/x-ndjson, application/x-jsonlines, application/json-lines, application/vnd.apache.parquet, application/x-parquet."), (status, problem.GetProperty("detail").GetString()));
        Assert.Equal((415, "urn:clientele:batches/text"), (other, text.GetProperty("type").GetString()));
        Assert.Equal(202, (await shop.Send("customer\na\n", "text/csv; charset=\"UTF-8\"")).Status);
        using var promote = new StringContent("reason=x", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var refused = await shop.Http.PostAsync(new Uri("/api/v1/models/1/promote", UriKind.Relative), promote);
        Assert.Contains("Content-Type is one of application/json.", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_feature_is_named_with_what_may_be_meant()
    {
        await using var shop = await ServedShop.Start();
        string header = string.Join(',', shop.Bundle.Model.Space.Columns).Replace("recency_days", "recency_day", StringComparison.Ordinal);

        var (_, problem, _) = await shop.Send($"id,{header}\n");

        Assert.Equal("These features of the model are missing: recency_days.", problem.GetProperty("title").GetString());
        Assert.Equal("Is 'recency_day' meant for 'recency_days'?", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Jobs_are_listed_newest_first_page_by_page_and_can_be_taken_away()
    {
        await using var shop = await ServedShop.Start();
        string table = BatchClient.Table(shop.Bundle.Model.Space.Columns, Bundles.Customers(10, 3, seed: 1));
        var ids = new List<string>();
        for (int i = 0; i < 3; i++)
            ids.Insert(0, (await shop.Batch(table)).Id());

        var first = (await shop.Get("/api/v1/batches?limit=2")).Body;
        var second = (await shop.Get($"/api/v1/batches?limit=2&page={first.GetProperty("next").GetString()}")).Body;

        Assert.Equal(ids, first.GetProperty("batches").EnumerateArray().Concat(second.GetProperty("batches").EnumerateArray()).Select(job => job.Id()));
        Assert.False(second.TryGetProperty("next", out _));
        using (var gone = await shop.Http.DeleteAsync(new Uri($"/api/v1/batches/{ids[0]}", UriKind.Relative)))
            Assert.Equal(204, (int)gone.StatusCode);
        Assert.Equal(404, (await shop.Get($"/api/v1/batches/{ids[0]}")).Status);
        Assert.Equal(2, Directory.GetDirectories(Path.Combine(shop.Folder, "batches")).Length);
    }

    [Fact]
    public async Task The_file_is_read_the_same_wherever_blocks_begin()
    {
        await using var shop = await ServedShop.Start();
        var names = shop.Bundle.Model.Space.Columns;
        var random = new Random(5);
        var file = new StringBuilder($"id,{string.Join(',', names)}\n");
        string good = string.Join(',', names.Select(_ => "1"));
        var expected = new List<string>();
        for (int i = 0; i < 3_000; i++)
        {
            string id = new(random.Next(3) == 0 ? '\n' : 'x', random.Next(random.Next(20) == 0 ? 400 : 40));
            expected.Add($"{i}{id}.");
            file.Append(CultureInfo.InvariantCulture, $"\"{i}{id}.\",{good}\n");
        }

        var job = await shop.Batch(file.ToString());

        Assert.Equal(expected, (await shop.Lines(job)).Select(row => row.GetProperty("id").GetString()!));
    }

    [Theory, InlineData(','), InlineData(';'), InlineData('\t'), InlineData('|')]
    public async Task The_delimiter_is_found_though_the_header_is_quoted(char delimiter)
    {
        await using var shop = await ServedShop.Start();
        var names = shop.Bundle.Model.Space.Columns;

        var job = await shop.Batch($"{string.Join(delimiter, names.Select(name => $"\"{name}\""))}\n{string.Join(delimiter, names.Select(_ => "\"1.5\""))}\n");

        Assert.Equal((1, 1, 1, 0), job.Rows());
    }

    private static int Int(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);

    private static double Double(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
}
