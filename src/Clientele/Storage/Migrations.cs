using System.Data;
using System.Data.Common;
using Clientele.Problems;

namespace Clientele.Storage;

/// <summary>Brings the tables up to date, one numbered step after the other; a step that was once released is never changed.</summary>
internal static class Migrations
{
    /// <summary>In order; the first is version 1.</summary>
    public static IReadOnlyList<string> Names { get; } = ["001_runs", "002_registry", "003_schedules", "004_api_keys", "005_run_settings", "006_mlflow", "007_scheduling", "008_alerts", "009_schedule_modes", "010_metrics_in_order"];

    public static async Task Apply(DbConnection connection, StoreDialect dialect, TimeProvider clock, CancellationToken cancel)
    {
        if (await Version(new(connection, null, dialect, clock.GetUtcNow(), cancel)) == Names.Count)
            return;
        // Not serialisable: who waited for another's migration must see it.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancel);
        var session = new StoreSession(connection, transaction, dialect, clock.GetUtcNow(), cancel);
        await session.Execute(dialect.BeginMigration);
        long version = await Version(session);
        if (version > Names.Count)
            throw new ProblemException(new("store/later", $"The store is of version {version}; this program knows {Names.Count}.", "Use the version of Clientele that wrote it, or a later one."));
        if (version == 0)
            await session.Execute(dialect.Translate("CREATE TABLE migrations (version BIGINT PRIMARY KEY, name {text} NOT NULL, applied_at BIGINT NOT NULL)"));
        for (int next = (int)version; next < Names.Count; next++)
        {
            await session.Execute(dialect.Translate(Statements(Names[next])));
            await session.Execute("INSERT INTO migrations VALUES (@version, @name, @at)", ("version", next + 1L), ("name", Names[next]), ("at", session.Now));
        }
        await transaction.Commit(cancel);
    }

    /// <summary>The statements of one step, with <c>{identity}</c>, <c>{text}</c> and <c>{clustered}</c> as in <see cref="StoreDialect"/>.</summary>
    public static string Statements(string name)
    {
        using var stream = typeof(Migrations).Assembly.GetManifestResourceStream($"Storage/Migrations/{name}.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static async Task<long> Version(StoreSession session) =>
        await session.Number(session.Dialect.HasTable, ("table", "migrations")) is 1 ? await session.Number("SELECT MAX(version) FROM migrations") ?? 0 : 0;
}
