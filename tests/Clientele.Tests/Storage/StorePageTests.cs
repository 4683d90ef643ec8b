using System.Text;
using System.Text.RegularExpressions;
using Clientele.Storage;

namespace Clientele.Tests.Storage;

/// <summary>docs/store.md says what the migrations make.</summary>
public sealed partial class StorePageTests
{
    private const string Head = """
        # The store

        What a workspace remembers stands in one database: SQLite (`clientele.db` in the workspace) or PostgreSQL (`store: postgres://…`). Both have the same tables, made by the same numbered migrations
        (`src/Clientele/Storage/Migrations`); a store of an earlier version is brought up to date when it is opened, one of a later version is refused. This page is written from them by a test.

        TEXT is compared byte by byte (`COLLATE "C"` on PostgreSQL). IDENTITY is a number that the database gives out. Moments are milliseconds since 1970, UTC. Reading is free; writing is for Clientele alone.

        SQLite is opened with a write-ahead log, `synchronous = FULL`, foreign keys on, and waits up to 30 s for another's write. On PostgreSQL every write is SERIALIZABLE and begun again when another came between.

        """;

    [Fact]
    public void The_page_about_the_store_tells_its_tables()
    {
        string page = Path.Combine(TestData.Checkout, "docs", "store.md"), expected = Render();
        if (Environment.GetEnvironmentVariable("CLIENTELE_APPROVE") == "1")
            File.WriteAllText(page, expected);

        Assert.Equal(expected, File.Exists(page) ? File.ReadAllText(page) : "");
    }

    private static string Render()
    {
        var text = new StringBuilder(Head);
        // A later migration may make a table anew.
        foreach (var table in Migrations.Names.SelectMany(name => Tables().Matches(Migrations.Statements(name))).GroupBy(table => table.Groups["name"].Value).Select(made => made.Last()))
        {
            string statements = table.Groups["sql"].Value.Replace("{text}", "TEXT", StringComparison.Ordinal).Replace("{identity}", "IDENTITY PRIMARY KEY", StringComparison.Ordinal).Replace("{clustered}", "", StringComparison.Ordinal);
            text.Append($"\n## {table.Groups["name"].Value}\n\n{table.Groups["says"].Value}\n\n```sql\n{statements.TrimEnd()}\n```\n");
        }
        return text.ToString();
    }

    [GeneratedRegex(@"^-- (?<says>[^\n]+)\n(?<sql>CREATE TABLE (?<name>\w+) \(.*?)(?=\n\n|\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Tables();
}
