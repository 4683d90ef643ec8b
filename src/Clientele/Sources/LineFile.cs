using Clientele.Engines;

namespace Clientele.Sources;

/// <summary>The good rows of <c>lines</c> as a file of the engine's format Native: the same rows, the same bytes.</summary>
internal static class LineFile
{
    private const string Columns = "row, invoice, cancelled, product, description, quantity, ordered_at, price, amount, customer, country";

    /// <param name="reader">The embedded engine: it writes the file itself.</param>
    public static async Task Save(EngineClient reader, string path, CancellationToken cancel)
    {
        using var link = EnginePath.For(path);
        await reader.Execute(
            Sql.Text($"INSERT INTO FUNCTION file({{path:String}}, 'Native') SELECT {Columns} FROM lines WHERE fault = 0 ORDER BY row SETTINGS max_threads = 1, engine_file_truncate_on_insert = 1"),
            new SqlParameters().Add("path", link.Path), cancel);
    }

    /// <param name="rows">About how many there are.</param>
    public static async Task Load(EngineClient reader, string path, long rows, CancellationToken cancel)
    {
        await reader.Execute(Sql.Text("DROP TABLE IF EXISTS lines"), cancel: cancel);
        await reader.Execute(LineStorage.For(reader, rows).Create("Sources/lines.sql"), cancel: cancel);
        using var link = EnginePath.For(path);
        await reader.Execute(Sql.Text($"INSERT INTO lines ({Columns}) SELECT {Columns} FROM file({{path:String}}, 'Native')"), new SqlParameters().Add("path", link.Path), cancel);
    }
}
