namespace Clientele.Storage;

/// <summary>All that differs between the databases. Nothing else may ask which one it is.</summary>
/// <param name="Identity">Type of a number that the database gives out.</param>
/// <param name="Text">Type of a text that is compared byte by byte.</param>
/// <param name="Clustered">What a table says whose rows lie in the order of its key.</param>
/// <param name="HasTable">Asks how many tables have the name <c>@table</c>.</param>
/// <param name="LikeEnd">What follows a LIKE pattern, so that no character escapes another.</param>
/// <param name="Driver">Joins two tables so that the left one is gone through first.</param>
/// <param name="BeginMigration">Lets one program at a time change the tables, and makes the schema that an address names.</param>
internal sealed record StoreDialect(string Identity, string Text, string Clustered, string HasTable, string LikeEnd, string Driver, string BeginMigration)
{
    public static StoreDialect Sqlite { get; } = new(
        "INTEGER PRIMARY KEY AUTOINCREMENT", "TEXT", " WITHOUT ROWID", "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = @table", "", "CROSS JOIN",
        "SELECT 1");        // its transaction has locked the file already

    public static StoreDialect Postgres { get; } = new(
        "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "TEXT COLLATE \"C\"", "",
        "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = @table", " ESCAPE ''", "JOIN",
        """
        SELECT pg_advisory_xact_lock(7246834);
        DO $$ BEGIN
            IF current_schema() IS NULL THEN EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I', current_setting('search_path')); END IF;
        END $$
        """);

    /// <summary>A migration as this database understands it.</summary>
    public string Translate(string statements) => statements
        .Replace("{identity}", Identity, StringComparison.Ordinal)
        .Replace("{text}", Text, StringComparison.Ordinal)
        .Replace("{clustered}", Clustered, StringComparison.Ordinal);
}
