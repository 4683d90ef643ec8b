using Clientele.Engines;

namespace Clientele.Tests.Engines;

/// <summary>Many rows, many callers, many queries.</summary>
public sealed class EngineStreamsTests(EmbeddedFixture embedded)
{
    private readonly EngineClient engine = embedded.Engine;

    [Fact]
    public async Task Three_million_rows_come_in_order_and_whole()
    {
        ulong expected = 0;
        await foreach (var (number, text) in engine.Query(Sql.Text("SELECT number, toString(number % 1000) FROM numbers(3000000)"), r => (r.ReadUInt64(), r.ReadString())))
        {
            if (number != expected || text != $"{number % 1000}")
                Assert.Fail($"Row {expected} is {number}, '{text}'.");
            expected++;
        }
        Assert.Equal(3_000_000UL, expected);
    }

    [Fact]
    public async Task Rows_longer_than_every_buffer_come_whole()
    {
        var lengths = await engine.Query(Sql.Text("SELECT repeat('x', number * 20000), toUInt8(7) FROM numbers(40)"), r => (r.ReadString().Length, r.ReadUInt8())).ToListAsync();
        Assert.Equal(Enumerable.Range(0, 40).Select(i => (i * 20_000, (byte)7)), lengths);
    }

    [Fact]
    public async Task Two_million_rows_go_in()
    {
        var table = await NewTable("number UInt64, text String");
        await engine.Insert(table.Name, ["number", "text"], (rows, _) =>
        {
            for (ulong i = 0; i < 2_000_000; i++)
            {
                rows.WriteUInt64(i);
                rows.WriteString("row");
            }
            return Task.CompletedTask;
        });
        Assert.Equal((2_000_000UL, 1_999_999_000_000UL, 6_000_000UL), await engine.Query(
            Sql.Text("SELECT count(), sum(number), sum(length(text)) FROM {t:Identifier}"), r => (r.ReadUInt64(), r.ReadUInt64(), r.ReadUInt64()), new() { { "t", table } }).SingleAsync());
    }

    [Fact]
    public async Task An_insert_that_its_writer_breaks_off_throws_what_the_writer_threw()
    {
        var table = await NewTable("number UInt64");
        var thrown = await Assert.ThrowsAsync<InvalidTimeZoneException>(() => engine.Insert(table.Name, ["number"], async (rows, cancel) =>
        {
            for (ulong i = 0; i < 500_000; i++)
                rows.WriteUInt64(i);
            await Task.Delay(50, cancel);
            throw new InvalidTimeZoneException("mine");
        }));
        Assert.Equal("mine", thrown.Message);
        while (await engine.Query(Sql.Text("SELECT count() FROM system.processes WHERE position(query, {t:String}) > 0 AND position(query, 'INFILE') > 0 AND position(query, 'system.processes') = 0"), r => r.ReadUInt64(), new() { { "t", table.Name } }).SingleAsync() > 0)
            await Task.Delay(10);
    }

    [Fact]
    public async Task An_insert_whose_last_row_is_cut_off_fails()
    {
        var table = await NewTable("number UInt64");
        var failure = await Assert.ThrowsAsync<EngineException>(() => engine.Insert(table.Name, ["number"], (rows, _) =>
        {
            rows.WriteUInt64(1);
            rows.WriteUInt32(2);
            return Task.CompletedTask;
        }));
        Assert.Equal(33, failure.Code);
    }

    [Fact]
    public async Task An_insert_that_is_refused_early_fails_with_the_engine_s_words_however_long_it_is()
    {
        var failure = await Assert.ThrowsAsync<EngineException>(() => engine.Insert("no_such_table", ["number"], (rows, _) =>
        {
            for (ulong i = 0; i < 2_000_000; i++)
                rows.WriteUInt64(i);
            return Task.CompletedTask;
        }));
        Assert.Equal(60, failure.Code);
    }

    [Fact]
    public async Task Four_callers_with_two_hundred_queries_each_get_their_own_answers()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async caller =>
        {
            for (long i = 0; i < 200; i++)
            {
                var rows = await engine.Query(
                    Sql.Text("SELECT {a:Int64} + toInt64(number), {b:String} FROM numbers({n:UInt64})"), r => (r.ReadInt64(), r.ReadString()),
                    new SqlParameters().Add("a", caller * 1000 + i).Add("b", $"caller {caller}").Add("n", i % 3)).ToListAsync();
                Assert.Equal(Enumerable.Range(0, (int)(i % 3)).Select(k => (caller * 1000 + i + k, $"caller {caller}")), rows);
            }
        }));
    }

    [Fact]
    public async Task Ten_thousand_queries_leak_nothing()
    {
        await using var fresh = await EngineClient.StartEmbedded();
        await Ask(fresh, 4000);
        var (kilobytes, mappings) = (ResidentKilobytes(fresh), Mappings(fresh));
        await Ask(fresh, 10_000);
        Assert.InRange(ResidentKilobytes(fresh) - kilobytes, long.MinValue, 16_000);
        Assert.InRange(Mappings(fresh) - mappings, int.MinValue, 1000);      // a thread for each query would leave 20,000

        static Task Ask(EngineClient engine, int count) => Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, cancel) =>
            Assert.Equal(i, await engine.Query(Sql.Text("SELECT {i:Int64}"), r => r.ReadInt64(), new() { { "i", (long)i } }, cancel).SingleAsync(cancel)));
    }

    [Theory, InlineData("Memory"), InlineData("Log"), InlineData("MergeTree ORDER BY number")]
    public async Task A_dropped_table_gives_its_memory_back(string kind)
    {
        await using var fresh = await EngineClient.StartEmbedded();
        var kilobytes = new List<long>();
        for (int i = 0; i < 4; i++)
        {
            await fresh.Execute(Sql.Text($"CREATE TABLE t (number UInt64, text String) ENGINE = {kind}"));
            await fresh.Execute(Sql.Text("INSERT INTO t SELECT number, toString(number) FROM numbers(2000000)"));
            await fresh.Execute(Sql.Text("RENAME TABLE t TO u"));
            await fresh.Execute(Sql.Text("DROP TABLE u"));
            await fresh.ReleaseMemory();
            kilobytes.Add(ResidentKilobytes(fresh));
        }
        Assert.InRange(kilobytes[^1] - kilobytes[0], long.MinValue, 40_000);      // the tables hold 45,000 each
    }

    [Theory]
    [InlineData("Parquet")]
    [InlineData("CSVWithNames")]
    [InlineData("RowBinary")]
    public async Task A_copy_in_any_format_is_one_whole_file(string format)
    {
        string path = Path.GetTempFileName();
        try
        {
            long bytes;
            await using (var file = File.Create(path))
                bytes = await engine.CopyTo(file, Sql.Text("SELECT number AS n, toString(number) AS t FROM numbers(300000)"), format);
            Assert.Equal(new FileInfo(path).Length, bytes);
            Assert.Equal((300_000UL, 44_999_850_000UL), await engine.Query(
                Sql.Text("SELECT count(), sum(n) FROM file({path:String}, {format:String}, 'n UInt64, t String')"), r => (r.ReadUInt64(), r.ReadUInt64()),
                new SqlParameters().Add("path", path).Add("format", format)).SingleAsync());
        }
        finally
        {
            File.Delete(path);
        }
    }

    private async Task<Identifier> NewTable(string columns)
    {
        var table = new Identifier(EmbeddedFixture.NewTable());
        await engine.Execute(Sql.Text($"CREATE TABLE {{t:Identifier}} ({columns}) ENGINE = Memory"), new() { { "t", table } });
        return table;
    }

    private static int Mappings(EngineClient engine) => File.ReadLines($"/proc/{engine.ProcessId}/maps").Count();

    private static long ResidentKilobytes(EngineClient engine) => long.Parse(
        File.ReadAllLines($"/proc/{engine.ProcessId}/status").Single(l => l.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
}
