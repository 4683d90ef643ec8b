using System.IO.Compression;
using System.Text;
using Clientele.Engines;
using Clientele.Settings;
using Clientele.Sources;
using Clientele.Tests.Engines;
using FsCheck.Fluent;

namespace Clientele.Tests.Sources;

/// <summary>Whether a file is typed by us or read by the engine line by line makes no difference.</summary>
public sealed class PlainCsvTests(EmbeddedFixture embedded) : IClassFixture<EmbeddedFixture>, IDisposable
{
    // The first texts are plain, the others are refused, read otherwise, or just unusual.
    private static readonly string[][] Cells =
    [
        ["1", "C2", "é", "\"3\"", "A ", "", "\u0001"],
        ["17850", "17850.0", "", "c1", ".0", "a.0", "1.0.0", " 17850", "\"1,2\""],
        ["2024-01-31 10:00:00", "1970-01-01 00:00:00", "2105-12-31 23:59:59", "2024-02-29 23:59:59", "2023-02-29 00:00:00", "2024-01-31", "2024-01-31T10:00:00",
            "2024-01-31 24:00:00", "2024-1-31 10:00:00", "1969-12-31 23:59:59", "2106-01-01 00:00:00", "2024-13-01 00:00:00", "2024-01-31 10:00:60", "1706695200", ""],
        ["tea", "\"te\"\"a\"", "\"a,b\"", "", " ", "a\"b", "\" \"", "'q'", "\\N", "\"open", "\"x\"y", "\"two\nlines\"", "\"\u0001\"", "\u0001", "te\ra", "\ttea"],
        ["1", "-6", "007", "0", "-0", "99999999999", "+5", "6.0", "6.5", " 1", "999999999999", "-99999999999", "99999999999999999999", "-", "", "1e3"],
        ["3.50", "0", "-0.0001", "12", "00.1", "123456.789", "+1", ".5", "5.", "1.00005", "1e3", "1.2.3", "-", " 1", "99999999999", "123456789012345", "1,5", ""],
    ];

    private readonly OrderFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void Files_of_every_form_give_the_same_rows_in_both_ways()
    {
        int plain = 0, all = 0;
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            string name = $"{++all}.csv";
            files.Add(name, Text(new Random(seed)));
            var (typed, ours, engines) = Both(OrderFiles.Settings(name)).GetAwaiter().GetResult();
            plain += typed ? 1 : 0;
            return ours == engines;
        }).Holds(150);

        Assert.InRange(plain, all / 4, all * 3 / 4);       // both ways were gone
    }

    [Fact]
    public async Task A_block_after_another_and_passed_over_rows_are_the_same_too()
    {
        var text = new StringBuilder($"{OrderFiles.Header}\r\n");
        for (int i = 0; i < 150_000; i++)
            text.Append($"{i / 3},c{i % 5_000}.0,2024-01-{i % 28 + 1:00} 10:00:{i % 60:00},\"tea {i % 70_001}\",{i % 12},{i % 100}.{i % 10}\r\n");
        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        using (var gzip = new GZipStream(File.Create(Path.Combine(files.Folder, "b.csv.gz")), CompressionLevel.Fastest))
            gzip.Write(bytes);
        files.Add("a.csv", bytes);
        var settings = OrderFiles.Settings() with { Sources = [new() { Files = ["a.csv", "b.csv.gz"], SkipRows = 7 }] };

        var (typed, ours, engines) = await Both(settings);

        Assert.True(typed);
        Assert.Equal(engines, ours);
        Assert.Equal(2 * 149_993UL, ours.Rows);
    }

    [Fact]
    public async Task Online_Retail_II_is_plain_and_the_same()
    {
        var (typed, ours, engines) = await Both(OrdersRun.With("online-retail", OrdersRun.OnlineRetail2Columns, TestData.File_("orders", "online_retail_II.csv.gz")));

        Assert.True(typed);
        Assert.Equal(engines, ours);
        Assert.Equal(1_067_371UL, ours.Rows);
    }

    private static string Text(Random chance)
    {
        bool mostlyPlain = chance.Next(10) < 3;
        string end = chance.Next(2) == 0 ? "\n" : "\r\n";
        var text = new StringBuilder(OrderFiles.Header).Append(end).Append("good,c1,2024-01-31 10:00:00,tea,1,1.5").Append(end);
        for (int row = chance.Next(1, 8); row > 0; row--)
        {
            bool odd = !mostlyPlain && chance.Next(4) == 0;
            string[] cells = [.. Cells.Select(texts => texts[chance.Next(odd ? texts.Length : 2)])];
            string line = string.Join(',', odd && chance.Next(6) == 0 ? cells[..^chance.Next(1, 3)] : odd && chance.Next(8) == 0 ? [.. cells, "more"] : cells);
            text.Append(odd && chance.Next(10) == 0 ? new string(' ', chance.Next(3)) : line).Append(row > 1 || chance.Next(3) > 0 ? end : "");
        }
        return text.ToString();
    }

    // Whether all files were typed by us; and what the table of lines is then, and what it is read by the engine.
    private async Task<(bool Typed, (ulong Rows, ulong Print) Ours, (ulong Rows, ulong Print) Engines)> Both(WorkspaceSettings settings)
    {
        var engine = embedded.Engine;
        bool typed = true;
        using (var plain = PlainSources.Begin(files.Folder, settings, default))
        {
            foreach (var source in settings.Sources)
                foreach (var file in SourceFiles.Find(files.Folder, source))
                    typed &= await plain.Of(source, file) is not null;
            await SourceReader.Read(engine, engine, files.Folder, settings, plain, null, default);
        }
        var ours = await Print(engine);
        await SourceReader.Read(engine, engine, files.Folder, settings, PlainSources.None, null, default);
        return (typed, ours, await Print(engine));
    }

    private static async Task<(ulong, ulong)> Print(EngineClient engine) => await engine.Query(
        Sql.Text("SELECT toUInt64(count()), toUInt64(sum(sipHash64(row, invoice, cancelled, product, description, quantity, ordered_at, price, amount, customer, country, fault, part, line, raw))) FROM lines"),
        row => (row.ReadUInt64(), row.ReadUInt64())).FirstAsync();
}
