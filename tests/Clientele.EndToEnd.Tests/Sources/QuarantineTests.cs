using System.Globalization;
using System.Text;
using Clientele.Engines;
using Clientele.Settings;
using Clientele.Sources;
using Clientele.Tests.Cleaning;

namespace Clientele.Tests.Sources;

public sealed class QuarantineTests : IDisposable
{
    private readonly OrderFiles files = new();

    public void Dispose() => files.Dispose();

    // Every way of damage, in place of the good line "i,c1,2024-01-31 10:00:00,tea,2,3.50".
    private static readonly (string Kind, Func<int, string> Line)[] Damages =
    [
        ("row/quotes", i => $"{i},c1,2024-01-31 10:00:00,\"tea\"x,2,3.50"),
        ("row/quotes", i => $"{i},c1,2024-01-31 10:00:00,\"tea,2,3.50"),
        ("row/too-few-cells", i => $"{i},c1,2024-01-31 10:00:00,tea,2"),
        ("row/too-many-cells", i => $"{i},c1,2024-01-31 10:00:00,tea,green,2,3.50"),
        ("row/missing-invoice", _ => " ,c1,2024-01-31 10:00:00,tea,2,3.50"),
        ("row/missing-date", i => $"{i},c1,,tea,2,3.50"),
        ("row/bad-date", i => $"{i},c1,2011-02-30,tea,2,3.50"),
        ("row/bad-date", i => $"{i},c1,2024-13-01,tea,2,3.50"),
        ("row/bad-date", i => $"{i},c1,24-01-31,tea,2,3.50"),
        ("row/bad-date", i => $"{i},c1,31/01/2024,tea,2,3.50"),
        ("row/bad-date", i => $"{i},c1,1969-12-31,tea,2,3.50"),
        ("row/bad-date", i => $"{i},c1,2106-01-01,tea,2,3.50"),
        ("row/bad-date", i => $"{i},c1,2024-01-31 24:00:00,tea,2,3.50"),
        ("row/missing-quantity", i => $"{i},c1,2024-01-31 10:00:00,tea,,3.50"),
        ("row/bad-quantity", i => $"{i},c1,2024-01-31 10:00:00,tea,two,3.50"),
        ("row/bad-quantity", i => $"{i},c1,2024-01-31 10:00:00,tea,2.5,3.50"),
        ("row/bad-quantity", i => $"{i},c1,2024-01-31 10:00:00,tea,99999999999999999999,3.50"),
        ("row/missing-price", i => $"{i},c1,2024-01-31 10:00:00,tea,2,"),
        ("row/bad-price", i => $"{i},c1,2024-01-31 10:00:00,tea,2,\"1,234.50\""),
        ("row/bad-price", i => $"{i},c1,2024-01-31 10:00:00,tea,2,£3.50"),
        ("row/bad-price", i => $"{i},c1,2024-01-31 10:00:00,tea,2,nan"),
        ("row/bad-price", i => $"{i},c1,2024-01-31 10:00:00,tea,2,123456789012345"),
        ("row/too-large", i => $"{i},c1,2024-01-31 10:00:00,tea,1000000,12345678901"),
    ];

    [Theory, InlineData(".csv"), InlineData(".csv.gz")]
    public async Task A_thousand_damaged_lines_are_caught_with_line_text_and_reason(string ending)
    {
        var expected = new List<(long Line, string Kind, string Raw)>();
        var text = new StringBuilder(OrderFiles.Header).Append('\n');
        for (int i = 1; i <= 20_000; i++)
        {
            var (kind, damage) = Damages[i / 20 % Damages.Length];
            string line = i % 20 == 0 ? damage(i) : $"{i},c{i % 97},2024-01-31 10:00:00,tea,2,3.50";
            if (i % 20 == 0)
                expected.Add((i + 1, kind, line));
            text.Append(line).Append('\n');
        }
        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        await using var run = await files.Add($"orders{ending}", ending.EndsWith("gz", StringComparison.Ordinal) ? Gzip(bytes) : bytes).Run($"orders{ending}");

        Assert.Equal((20_000, 1_000, 19_000), (run.Ledger.Read.Rows, run.Ledger.Quarantined, run.Ledger.Kept.Rows));
        Assert.Equal(19_000 * 7m, run.Ledger.Read.Revenue);
        LedgerTests.Reconciles(run.Ledger);
        Assert.Equal(expected, await Quarantine(run));
    }

    [Fact]
    public async Task Numbers_and_dates_are_taken_in_every_form_that_is_clear()
    {
        await using var run = await files.Add("orders.csv", string.Join("\r\n",
            "\uFEFF" + OrderFiles.Header,
            "1,17850.0,2024-01-31,tea,6.0,+3.5",
            "2, 17850 ,2024-01-31T23:59:58.999Z,tea,-6,.25",
            "3,17850,2024-1-5 7:05,\"tea, \"\"green\"\"\",1,1.00005",
            "",
            "4,17850,2024-01-31 10:00:00,tea,1,1e-3",
            "5,17850,2024-01-31 10:00:00+0200,tea,1,1.00004",
            "6,17850,2024-01-31 10:00:00,tea,-1,-1.00005")).Run("orders.csv");

        Assert.Empty(await Quarantine(run));
        var rows = await run.Engine.Query(
            Sql.Text("SELECT customer, toUnixTimestamp(ordered_at), product, quantity, price, amount FROM orders ORDER BY row"),
            r => (r.ReadString(), DateTime.UnixEpoch.AddSeconds(r.ReadUInt32()).ToString("s", CultureInfo.InvariantCulture), r.ReadString(), r.ReadInt64(), r.ReadDecimal64(4), r.ReadDecimal64(4))).ToListAsync();
        Assert.Equal(
        [
            ("17850", "2024-01-31T00:00:00", "tea", 6L, 3.5m, 21m),
            ("17850", "2024-01-31T23:59:58", "tea", -6L, .25m, -1.5m),
            ("17850", "2024-01-05T07:05:00", "tea, \"green\"", 1L, 1.0001m, 1.0001m),
            ("17850", "2024-01-31T10:00:00", "tea", 1L, .001m, .001m),
            ("17850", "2024-01-31T10:00:00", "tea", 1L, 1m, 1m),
            ("17850", "2024-01-31T10:00:00", "tea", -1L, -1.0001m, 1.0001m),
        ], rows);
    }

    [Theory, InlineData(DateOrder.DayFirst, "31/12/2023", "31-12-2023 08:30", "31.12.2023 08:30:15"), InlineData(DateOrder.MonthFirst, "12/31/2023", "12-31-2023 08:30", "12/31/2023 08:30:15")]
    public async Task Dates_follow_the_order_of_the_source(DateOrder order, params string[] dates)
    {
        var settings = OrderFiles.Settings("orders.csv") with { Columns = OrderFiles.Columns with { DateOrder = order } };
        string other = order == DateOrder.DayFirst ? "12/31/2023" : "31/12/2023";
        await using var run = await files.Add("orders.csv", $"{OrderFiles.Header}\n{string.Concat(dates.Append(other).Append("2023-12-31").Select((d, i) => $"{i},a,{d},tea,1,1\n"))}").Run(settings);

        Assert.Equal((3, 2), (run.Ledger.Kept.Rows, run.Ledger.Quarantined));
        Assert.Equal((new DateOnly(2023, 12, 31), new DateOnly(2023, 12, 31)), (run.Ledger.FirstDay, run.Ledger.LastDay));
        Assert.Equal(["row/bad-date", "row/bad-date"], (await Quarantine(run)).Select(q => q.Kind));
    }

    [Fact]
    public async Task Cells_may_hold_line_breaks_and_an_unclosed_quote_costs_one_line()
    {
        await using var run = await files.Add("orders.csv", string.Join('\n',
            OrderFiles.Header,
            "1,a,2024-01-31,\"tea", "green,\"\"loose\"\"", "\",2,3.50",      // lines 2 … 4
            "2,a,2024-01-31,\"open,2,3.50",                                  // line 5
            "3,a,2024-01-31,milk 5\" jug,2,3.50",
            "4,a,2024-01-31,\"two", "lines\",2,3.50",                        // lines 7, 8
            "5,a,2024-01-31,\"open at the end,2,3.50", "6,a,2024-01-31,tea,2,3.50", "")).Run("orders.csv");

        Assert.Equal([(5, "row/quotes"), (9, "row/quotes")], (await Quarantine(run)).Select(q => (q.Line, q.Kind)));
        var products = await run.Engine.Query(Sql.Text("SELECT product FROM orders ORDER BY row"), r => r.ReadString()).ToListAsync();
        Assert.Equal(["tea\ngreen,\"loose\"\n", "milk 5\" jug", "two\nlines", "tea"], products);
        Assert.Equal(6, run.Ledger.Read.Rows);
    }

    [Theory, InlineData('\t'), InlineData(';'), InlineData('|')]
    public async Task The_delimiter_is_found_in_the_header(char delimiter)
    {
        string text = $"{OrderFiles.Header}\n1,a,2024-01-31,\"te\"\"a\",2,3.50\n".Replace(',', delimiter);
        await using var run = await files.Add("orders.txt", text).Run("orders.txt");
        Assert.Equal((1, 7m), (run.Ledger.Kept.Rows, run.Ledger.Kept.Revenue));
    }

    [Fact]
    public async Task Files_of_a_pattern_are_read_by_name_and_rows_passed_over_are_not_counted()
    {
        files.Add("2023/b.csv", $"{OrderFiles.Header}\n3,a,2024-01-31,c,1,1\n4,a,2024-01-31,d,1,1\n")
            .Add("2023/a {1}.csv", $"{OrderFiles.Header}\n1,a,2024-01-31,a,1,1\n2,a,2024-01-31,b,1,1\n").Add("2023/.hidden.csv", "x");
        await using var run = await files.Run(OrderFiles.Settings() with { Sources = [new() { Files = ["20*/*.csv"], SkipRows = 1 }] });

        var rows = await run.Engine.Query(Sql.Text("SELECT row, product FROM orders ORDER BY row"), r => (r.ReadUInt64(), r.ReadString())).ToListAsync();
        Assert.Equal([(1UL, "b"), (2UL, "d")], rows);
        Assert.Equal(["a {1}.csv", "b.csv"], run.Read.Parts);
        Assert.Equal(2, run.Ledger.Read.Rows);
    }

    [Fact]
    public async Task A_bad_row_ends_the_run_if_asked_to()
    {
        files.Add("orders.csv", $"{OrderFiles.Header}\n1,a,2024-01-31,tea,1,1\n2,a,2024-01-32,tea,1,1\n3,a,2024-01-33,tea,1,1\n");
        var stop = await files.Problem(OrderFiles.Settings("orders.csv") with { Quarantine = new() { StopOnError = true } });
        Assert.Equal(("row/bad-date", "orders.csv:3"), (stop.Kind, stop.Where!.ToString()));
        var many = await files.Problem(OrderFiles.Settings("orders.csv") with { Quarantine = new() { RejectLimit = 1 } });
        Assert.Equal(("row/too-many", "orders.csv:4"), (many.Kind, many.Where!.ToString()));
        await using var run = await files.Run(OrderFiles.Settings("orders.csv") with { Quarantine = new() { RejectLimit = 2 } });
        Assert.Equal(2, run.Ledger.Quarantined);
    }

    private static async Task<List<(long Line, string Kind, string Raw)>> Quarantine(OrdersRun run)
    {
        using var output = new MemoryStream();
        await run.Read.WriteQuarantine(run.Engine, output);
        output.Position = 0;
        using var text = new StreamReader(output);
        return [.. CsvRecords.Read(text, ',').Skip(1).Select(r => CsvRecords.Cells(r.Text, ',')).Select(c => (long.Parse(c[1], CultureInfo.InvariantCulture), c[2], c[5]))];
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
