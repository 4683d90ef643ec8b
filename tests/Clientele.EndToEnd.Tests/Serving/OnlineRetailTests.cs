using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json;
using Clientele.Server;
using Clientele.Server.Batches;
using Clientele.Server.Models;
using Clientele.Sources;
using Clientele.Tests.Cli;

namespace Clientele.Tests.Serving;

/// <summary>All order lines of Online Retail, from the file as published to a model and back through it: every customer gets what the run says, to the bit. Counts: the published rules applied by hand in pandas.</summary>
public sealed class OnlineRetailTests(OnlineRetailRun run) : IClassFixture<OnlineRetailRun>
{
    private const int Customers = 4_362, Lines = 541_909, WithoutCustomer = 135_080;
    // Nothing of whom cleaning keeps, such as those who only ever sent something back.
    private const int LinesOfNobody = 12;

    [Fact]
    public void It_is_cleaned_to_the_row()
    {
        Assert.Equal(Lines, run.Ledger.Read);
        Assert.Equal([("missing", WithoutCustomer), ("duplicates", 5_279), ("product_codes", 1_868), ("descriptions", 83), ("price", 32)], run.Ledger.Removed);
        Assert.Equal(399_567, run.Ledger.Kept);
        Assert.Equal(Customers, run.Ledger.Customers);
        RealDataTests.Sensible(run.Files);
    }

    [Fact]
    public async Task A_batch_of_its_lines_assigns_every_customer_as_the_run_did()
    {
        await using var served = await ServedProgram.Start(run.Shop, "--no-scheduler");
        await using var lines = File.OpenRead(run.OrderLines);
        using var content = new StreamContent(lines) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        using var begun = await served.Http.PostAsync(new Uri("/api/v1/batches", UriKind.Relative), content);
        Assert.Equal(202, (int)begun.StatusCode);
        string at = begun.Headers.Location!.ToString();
        JsonElement job = default;
        await served.Until(async () => (job = (await served.Get(at)).Body).TryGetProperty("ended_at", out _));

        Assert.Equal(("completed", "orders", Customers), (job.GetProperty("state").GetString(), job.GetProperty("kind").GetString(), job.GetProperty("customers").GetInt32()));
        Assert.Equal((Lines, WithoutCustomer + LinesOfNobody), (job.GetProperty("rows").GetProperty("read").GetInt32(), job.GetProperty("rows").GetProperty("quarantined").GetInt32()));
        string result = await served.Http.GetStringAsync(new Uri($"{at}/result", UriKind.Relative));
        Assert.Equal(run.Assigned(), OnlineRetailRun.Assigned(result, "id"));
        Assert.InRange(run.Valued().Count, 4_300, Customers);
        Assert.Equal(run.Valued(), OnlineRetailRun.Valued(result, "id"));
    }

    [Fact]
    public async Task The_command_line_assigns_every_customer_as_the_run_did_from_lines_and_from_features()
    {
        string lines = await CliProcess.Succeed(run.Home, "predict", run.OrderLines, "--workspace", "shop", "--quarantine", "aside.csv", "--quiet");
        string features = await CliProcess.Succeed(run.Home, "predict", "shop/runs/latest/segments.csv", "--workspace", "shop", "--quiet");

        Assert.Equal(run.Assigned(), OnlineRetailRun.Assigned(lines, "id"));
        // Beyond the nearest segment too, of which the run's table does not tell.
        string[] beyond = ["id", "confidence", "second_distance"];
        Assert.Equal(OnlineRetailRun.Cells(features, beyond).Order(StringComparer.Ordinal), OnlineRetailRun.Cells(lines, beyond).Order(StringComparer.Ordinal));
        var aside = OnlineRetailRun.Cells(await File.ReadAllTextAsync(run.Files["aside.csv"]), ["kind"]).CountBy(kind => kind).ToDictionary();
        Assert.Equal((WithoutCustomer, LinesOfNobody, 2), (aside["row/missing-customer"], aside["row/no-order"], aside.Count));
    }

    [Fact]
    public async Task The_features_that_a_batch_makes_of_its_lines_are_those_of_the_runs_table_to_the_bit()
    {
        await using var models = await ServedModels.Open(new ServeOptions(run.Shop), TimeProvider.System, CancellationToken.None);
        var model = models.Current;
        var input = BatchInput.Open(run.OrderLines, BatchFormat.Csv, model);
        string parts = Directory.CreateDirectory(run.Files["parts"]).FullName;
        using (var file = input.OpenFile())
            OrderParts.Write(input.Reader(file, input.Start), input.Shape!, OrderColumns.Of(input.Shape!.Headers, model)!, parts, parts: 1, CancellationToken.None);
        var (block, asked) = (new RecordBlock(), new AskedRows(model.Segments.Features.Count));
        Assert.True(OrderParts.Reader(parts, 1, 0)(block));

        input.Form(model, null).Read(block, asked);

        var ours = asked.ToMatrix();
        var names = model.Segments.Features;
        Assert.Equal(10, names.Count);
        var table = OnlineRetailRun.Rows(await File.ReadAllTextAsync(run.Segments)).ToDictionary(row => row["customer"]);
        Assert.Equal(table.Keys.Order(StringComparer.Ordinal), asked.Customers.Select(customer => customer.Id).Order(StringComparer.Ordinal));
        foreach (var (row, customer) in asked.Customers.Index())
            foreach (var (column, name) in names.Index())
            {
                double pipelines = double.Parse(table[customer.Id!][name], CultureInfo.InvariantCulture);
                if (BitConverter.DoubleToInt64Bits(pipelines) != BitConverter.DoubleToInt64Bits(ours[row, column]))
                    Assert.Fail($"{name} of {customer.Id}: {ours[row, column]:R} is not {pipelines:R}.");
            }
    }
}

/// <summary>A run of all of Online Retail, and its file as one would upload it: not compressed.</summary>
public sealed class OnlineRetailRun : IAsyncLifetime
{
    internal TempFolder Files { get; } = new();

    public string Home => Files.Path;
    public string Shop => Files["shop"];
    public string OrderLines => Files["lines.csv"];
    public string Segments => Files["shop", "runs", "latest", "segments.csv"];
    public (long Read, decimal ReadRevenue, (string, long)[] Removed, long Kept, long Customers) Ledger { get; private set; }

    public async ValueTask InitializeAsync()
    {
        string source = TestData.File_("orders", "online_retail.csv.gz");
        await using (var lines = File.Create(OrderLines))
        await using (var packed = new GZipStream(File.OpenRead(source), CompressionMode.Decompress))
            await packed.CopyToAsync(lines);
        Ledger = await RealDataTests.Run(Files, "online-retail", source);
    }

    /// <summary>What the run says of every customer, in the order of their ids.</summary>
    public IReadOnlyList<string> Assigned() => Assigned(File.ReadAllText(Segments), "customer");

    /// <param name="id">The name of the column that says who.</param>
    public static IReadOnlyList<string> Assigned(string csv, string id) => [.. Cells(csv, [id, "segment", "persona", "distance", "second_nearest", "outlier"]).Order(StringComparer.Ordinal)];

    /// <summary>What the run says that every customer will be worth, in the order of their ids.</summary>
    public IReadOnlyList<string> Valued() => Valued(File.ReadAllText(Files["shop", "runs", "latest", "lifetime", "customers.csv"]), "customer");

    /// <summary>Who never bought, and only returned things, is not valued.</summary>
    /// <param name="id">The name of the column that says who.</param>
    public static IReadOnlyList<string> Valued(string csv, string id) =>
        [.. Rows(csv).Where(row => row["clv_mean"].Length > 0).Select(row => string.Join(',', ((string[])["clv_mean", "clv_median", "clv_lower_80", "clv_upper_80", "p_alive"]).Select(column => Plain(row[column])).Prepend(row[id]))).Order(StringComparer.Ordinal)];

    // 812.40 and 812.4 are one amount; none is written otherwise in each kind of file.
    private static string Plain(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number.ToString("R", CultureInfo.InvariantCulture) : "";

    public static IEnumerable<string> Cells(string csv, IReadOnlyList<string> columns) => Rows(csv).Select(row => string.Join(',', columns.Select(column => row[column])));

    public static IEnumerable<Dictionary<string, string>> Rows(string csv)
    {
        using var text = new StringReader(csv);
        IReadOnlyList<string>? header = null;
        foreach (var (_, _, record) in CsvRecords.Read(text, ','))
        {
            var cells = CsvRecords.Cells(record, ',');
            if (header is null)
                header = [.. cells];
            else
                yield return header.Zip(cells).ToDictionary(cell => cell.First, cell => cell.Second);
        }
    }

    public ValueTask DisposeAsync()
    {
        Files.Dispose();
        return ValueTask.CompletedTask;
    }
}
