using Clientele.Engines;

namespace Clientele.Tests.Engines;

public sealed class EngineClientTests(EmbeddedFixture embedded)
{
    private readonly EngineClient engine = embedded.Engine;

    [Fact]
    public async Task A_query_gives_its_rows()
    {
        var rows = await engine.Query(Sql.Text("SELECT number, toString(number) FROM numbers(3)"), r => (r.ReadUInt64(), r.ReadString())).ToListAsync();
        Assert.Equal([(0UL, "0"), (1UL, "1"), (2UL, "2")], rows);
    }

    [Fact]
    public async Task Rows_go_in_and_come_out_again()
    {
        string table = EmbeddedFixture.NewTable();
        await engine.Execute(Sql.Text("CREATE TABLE {t:Identifier} (a UInt32, b String) ENGINE = Memory"), new SqlParameters().Add("t", new Identifier(table)));
        await engine.Insert(table, ["b", "a"], (rows, _) =>
        {
            for (uint i = 0; i < 1000; i++)
            {
                rows.WriteString($"it's \\ {i}");
                rows.WriteUInt32(i);
            }
            return Task.CompletedTask;
        });
        var found = await engine.Query(Sql.Text("SELECT a, b FROM {t:Identifier} ORDER BY a"), r => (r.ReadUInt32(), r.ReadString()), new SqlParameters().Add("t", new Identifier(table))).ToListAsync();
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => ((uint)i, $"it's \\ {i}")), found);
    }
}
