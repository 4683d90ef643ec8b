using System.IO.Compression;
using System.Text;

namespace Clientele.Tests.Sources;

/// <summary>Every file that can't be used ends in one message that says what, where and what to do.</summary>
public sealed class BadFileTests : IDisposable
{
    private const string Row = "1,a,2024-01-31,tea,2,3.50";

    private readonly OrderFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task A_missing_file_names_the_nearest_one()
    {
        var problem = await files.Add("orders.csv", $"{OrderFiles.Header}\n{Row}\n").Problem("order.csv");
        Assert.Equal("source/missing", problem.Kind);
        Assert.Contains("'orders.csv'", problem.Remedy, StringComparison.Ordinal);
        Assert.EndsWith("order.csv", problem.Where!.File, StringComparison.Ordinal);
    }

    [Theory, InlineData("*.csv"), InlineData("years/**/*.csv")]
    public async Task A_pattern_without_files_is_a_problem(string pattern) =>
        Assert.Equal("source/missing", (await files.Problem(pattern)).Kind);

    [Fact]
    public async Task A_folder_without_tables_is_a_problem() =>
        Assert.Equal("source/missing", (await files.Add("years/readme.md", "no orders").Problem("years")).Kind);

    [Theory, InlineData(""), InlineData("\n \n")]
    public async Task An_empty_file_is_a_problem(string text) =>
        Assert.Equal("source/empty", (await files.Add("orders.csv", text).Problem("orders.csv")).Kind);

    public static TheoryData<string, byte[]> OtherKinds => new()
    {
        { "orders.csv", [(byte)'P', (byte)'K', 3, 4, 20, 0] },
        { "orders.xlsx", Encoding.UTF8.GetBytes($"{OrderFiles.Header}\n{Row}\n") },
        { "orders.parquet", Encoding.UTF8.GetBytes($"{OrderFiles.Header}\n{Row}\n") },
        { "orders.csv", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1] },
        { "orders.csv", Encoding.Unicode.GetPreamble() },
        { "orders.csv", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0] },
        { "orders.xlsx", [(byte)'P', (byte)'K', 3, 4, 20, 0, 1, 2, 3] },
    };

    [Theory, MemberData(nameof(OtherKinds))]
    public async Task A_file_of_another_kind_is_a_problem(string name, byte[] content) =>
        Assert.Equal("source/other-kind", (await files.Add(name, content).Problem(name)).Kind);

    [Fact]
    public async Task A_cut_off_archive_is_a_problem()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes($"{OrderFiles.Header}\n{string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i},{i * 7919 % 1000},2024-01-31,{i * 104729},2,3.50\n"))}"));
        var problem = await files.Add("orders.csv.gz", packed.ToArray()[..(int)(packed.Length / 2)]).Problem("orders.csv.gz");
        Assert.Equal("source/unreadable", problem.Kind);
    }

    [Fact]
    public async Task A_wrong_column_name_names_the_nearest_header()
    {
        var settings = OrderFiles.Settings("orders.csv") with { Columns = OrderFiles.Columns with { Customer = "customr" } };
        var problem = await files.Add("orders.csv", $"{OrderFiles.Header}\n{Row}\n").Problem(settings);
        Assert.Equal(("source/unknown-column", 1), (problem.Kind, problem.Where!.Line));
        Assert.Contains("'customr'", problem.What, StringComparison.Ordinal);
        Assert.Contains("'customer'", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_without_rows_is_a_problem() =>
        Assert.Equal("source/no-rows", (await files.Add("orders.csv", $"{OrderFiles.Header}\n").Problem("orders.csv")).Kind);

    [Fact]
    public async Task Without_a_valid_row_the_usual_fault_is_told()
    {
        var problem = await files.Add("orders.csv", $"{OrderFiles.Header}\n1,a,31/01/2024,tea,2,3.50\n2,a,30/01/2024,tea,2,3.50\n3,a,2024-01-31,tea,two,3.50\n").Problem("orders.csv");
        Assert.Equal(("source/no-valid-rows", 2), (problem.Kind, problem.Where!.Line));
        Assert.Contains("date", problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sheet_that_is_not_there_is_a_problem()
    {
        var settings = OrdersRun.With("clv-6m", OrdersRun.OnlineRetail2Columns) with
        {
            Sources = [new() { Files = [TestData.File_("orders", "online_retail_II.xlsx")], Sheets = ["Year 2012"] }],
        };
        var problem = await files.Problem(settings);
        Assert.Equal("source/unknown-sheet", problem.Kind);
        Assert.Contains("Year 2010-2011", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task If_cleaning_leaves_nothing_the_rule_that_removed_most_is_named()
    {
        var problem = await files.Add("orders.csv", $"{OrderFiles.Header}\n1,,2024-01-31,tea,2,3.50\n").Problem("orders.csv");
        Assert.Equal("cleaning/nothing-left", problem.Kind);
        Assert.Contains("'missing'", problem.What, StringComparison.Ordinal);
    }
}
