using Clientele.Engines;
using Clientele.Tests.TestServers;

namespace Clientele.Tests.Engines;

/// <summary>The same client against a server that is eight years older than the embedded engine.</summary>
public sealed class ServerTests(ClickHouse1816 server, EmbeddedFixture embedded)
{
    [Fact]
    public async Task A_server_of_18_16_is_known_by_its_version()
    {
        var engine = await server.Client();
        Assert.Equal(new Version(18, 16, 1), engine.Dialect.Version);
        Assert.False(engine.Dialect.BindsParameters);
        Assert.False(engine.IsEmbedded);
    }

    [Fact]
    public async Task Values_reach_both_engines_alike()
    {
        var sql = Sql.Text("""
            SELECT {text:String} AS a, {missing:Nullable(String)} AS b, {small:Int64} AS c, {large:UInt64} AS d, {share:Float64} AS e, {nothing:Float64} AS f,
                   {price:Decimal(18,4)} AS g, {day:Date} AS h, {time:DateTime} AS i, {names:Array(String)} AS j, {none:Array(String)} AS k, {counts:Array(Int64)} AS l,
                   {yes:UInt8} AS m, 'not a {place:String} -- at all' AS n, {column:Identifier} AS o /* nor {this:String} */
            FROM (SELECT toUInt32(5) AS `an ``odd\\ name`) LIMIT {most:UInt64}
            """);
        var values = new SqlParameters()
            .Add("text", "it's\ta \\ \n\"text\" `é` 日本\r\0.").AddNullable("missing", null).Add("small", long.MinValue).Add("large", ulong.MaxValue)
            .Add("share", 0.1 + 0.2).Add("nothing", double.NaN).Add("price", -1234.5678m).Add("day", new DateOnly(2011, 12, 9)).Add("time", new DateTime(2011, 12, 9, 12, 50, 0))
            .Add("names", ["a'b", "c\\d", "e\nf\tg", "日本", ""]).Add("none", Array.Empty<string>()).Add("counts", [1L, -2L])
            .Add("yes", true).Add("column", new Identifier("an `odd\\ name")).Add("most", 10L);

        var expected = ("it's\ta \\ \n\"text\" `é` 日本\r\0.", (string?)null, long.MinValue, ulong.MaxValue, 0.1 + 0.2, double.NaN, -1234.5678m);
        foreach (var engine in new[] { embedded.Engine, await server.Client() })
        {
            var row = Assert.Single(await engine.Query(sql, r => (
                (r.ReadString(), r.ReadNullableString(), r.ReadInt64(), r.ReadUInt64(), r.ReadFloat64(), r.ReadFloat64(), r.ReadDecimal64(4)),
                r.ReadDate(), r.ReadDateTime(), r.ReadArray(x => x.ReadString()), r.ReadArray(x => x.ReadString()), r.ReadArray(x => x.ReadInt64()),
                r.ReadBool(), r.ReadString(), r.ReadUInt32()), values).ToListAsync());
            Assert.Equal(expected, row.Item1);
            Assert.Equal((new DateOnly(2011, 12, 9), new DateTime(2011, 12, 9, 12, 50, 0)), (row.Item2, row.Item3));
            Assert.Equal(["a'b", "c\\d", "e\nf\tg", "日本", ""], row.Item4);
            Assert.Equal([], row.Item5);
            Assert.Equal([1, -2], row.Item6);
            Assert.Equal((true, "not a {place:String} -- at all", 5u), (row.Item7, row.Item8, row.Item9));
        }
    }

    [Theory]
    [InlineData("SELEC 1", 62)]
    [InlineData("SELECT * FROM no_such_table", 60)]
    [InlineData("SELECT no_such_function(1)", 46)]
    [InlineData("SELECT 1 FROM no_such_database.t", 81)]
    [InlineData("SELECT 1 SETTINGS no_such_setting = 1", 115)]
    [InlineData("SELECT 1; SELECT 2", 62)]
    [InlineData("SELECT throwIf(number = 100000) FROM numbers(200000)", 395)]
    public async Task Both_engines_fail_with_the_same_code(string sql, int code)
    {
        foreach (var engine in new[] { embedded.Engine, await server.Client() })
        {
            var failure = await Assert.ThrowsAsync<EngineException>(() => engine.Query(Sql.Text(sql), r => r.ReadUInt8()).ToListAsync().AsTask());
            Assert.Equal(code, failure.Code);
            Assert.Contains("DB::Exception", failure.EngineMessage);
        }
    }

    [Fact]
    public async Task Late_errors_are_never_taken_for_rows()
    {
        // 2,000,000 good rows come first. An old server writes the error's text after them.
        var sql = Sql.Text("SELECT throwIf(number = 2000000), number FROM numbers(3000000)");
        foreach (var engine in new[] { embedded.Engine, await server.Client() })
        {
            var failure = await Assert.ThrowsAsync<EngineException>(() => engine.Query(sql, r => (r.ReadUInt8(), r.ReadUInt64())).CountAsync().AsTask());
            Assert.Equal(395, failure.Code);
        }
    }

    [Fact]
    public async Task A_query_that_nobody_waits_for_is_stopped_in_the_server_too()
    {
        var engine = await server.Client();
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.Execute(
            Sql.Text("SELECT count() FROM numbers(1000000000000) WHERE NOT ignore(sipHash64(number), 'unwanted')"), cancel: patience.Token));
        while (await engine.Query(Sql.Text("SELECT count() FROM system.processes WHERE query LIKE '%unwanted%' AND query NOT LIKE '%system.processes%'"), r => r.ReadUInt64()).SingleAsync() > 0)
            await Task.Delay(20);
    }

    [Fact]
    public async Task An_insert_that_fails_says_why()
    {
        foreach (var engine in new[] { embedded.Engine, await server.Client() })
        {
            var failure = await Assert.ThrowsAsync<EngineException>(() => engine.Insert("no_such_table", ["a"], (rows, _) =>
            {
                for (ulong i = 0; i < 1000; i++)
                    rows.WriteUInt64(i);
                return Task.CompletedTask;
            }));
            Assert.Equal(60, failure.Code);
        }
    }
}
