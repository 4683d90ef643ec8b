namespace Clientele.Engine;

/// <summary>The engine within this process.</summary>
internal static class Embedded
{
    /// <summary>Loads the library and opens the connection that keeps databases and tables for as long as the process lives. Once, before other work.</summary>
    /// <param name="library">Path of libchdb.so.</param>
    /// <param name="folder">Where the engine keeps what it writes aside; it leaves that behind, so whoever gave the folder takes it away.</param>
    public static void Start(string library, string folder)
    {
        _ = LibC.SetEnvironment("TZ", "UTC", 1);
        _ = LibC.SetEnvironment("TMPDIR", folder, 1);
        Chdb.Load(library);
        var handlers = SignalHandlers.Save();
        var first = ChdbConnection.Open();      // takes eight signals over; later ones leave them alone
        handlers.Restore();
        KeepPlainDatabase(first);
        ResidentCode.GiveBack(library);
    }

    // In the engine's own kind of database a dropped table keeps its memory for ever (waiting for it never returns). In the old kind, which 18.16 has
    // too, DROP frees at once and RENAME works.
    private static void KeepPlainDatabase(ChdbConnection connection)
    {
        foreach (string sql in new[] { "SET allow_deprecated_database_ordinary = 1", "DROP DATABASE default", "CREATE DATABASE default ENGINE = Ordinary" })
        {
            using var result = connection.Query(sql);
            if (result.Error is { } error)
                throw new InvalidOperationException(error.Text);
        }
    }
}
