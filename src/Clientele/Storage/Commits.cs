using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Clientele.Storage;

/// <summary>Commits whose failure is told as what it was.</summary>
internal static class Commits
{
    /// <summary>
    /// SQLite ends a transaction by itself when its commit fails for want of room (sqlite.org/lang_transaction.html, "Response to errors"). The driver does not know: its rolling back would fail, too, hide the
    /// reason and leave the connection open. So it gets a transaction to roll back.
    /// </summary>
    public static async Task Commit(this DbTransaction transaction, CancellationToken cancel)
    {
        try
        {
            await transaction.CommitAsync(cancel);
        }
        catch (SqliteException) when (transaction.Connection is SqliteConnection connection && SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) != 0)
        {
            using var begin = connection.CreateCommand();
            begin.CommandText = "BEGIN";
            begin.ExecuteNonQuery();
            throw;
        }
    }
}
