using Clientele.Engines;

namespace Clientele.Pipeline;

/// <param name="Type">The engine's: String, UInt32, Float64, Bool, Date …</param>
internal sealed record OutputColumn<T>(string Name, string Type, Action<RowBinaryWriter, T> Write);

/// <summary>Writes rows as CSV and as Parquet; the engine does both from one table, so they cannot differ.</summary>
internal static class OutputTable
{
    private const string Table = "output_rows";

    /// <param name="rows">Written in the order given.</param>
    /// <param name="csv">Null: none. Text that a spreadsheet would run as a formula is disarmed by an apostrophe here, and only here.</param>
    public static async Task Write<T>(
        EngineClient engine, IReadOnlyList<OutputColumn<T>> columns, IAsyncEnumerable<T> rows, Stream? csv, Stream? parquet, CancellationToken cancel)
    {
        string names = string.Join(", ", columns.Select(column => new Identifier(column.Name)));
        await engine.Execute(Sql.Text($"DROP TABLE IF EXISTS {Table}"), cancel: cancel);
        await engine.Execute(Sql.Text($"CREATE TABLE {Table} (position UInt64, {string.Join(", ", columns.Select(column => $"{new Identifier(column.Name)} {column.Type}"))}) ENGINE = Memory"), cancel: cancel);
        await engine.Insert(Table, ["position", .. columns.Select(column => column.Name)], async (writer, stop) =>
        {
            ulong position = 0;
            await foreach (var row in rows.WithCancellation(stop))
            {
                writer.WriteUInt64(position++);
                foreach (var column in columns)
                    column.Write(writer, row);
            }
        }, cancel);
        if (csv is not null)
            await Copy(engine, csv, "CSVWithNames", $"SELECT {string.Join(", ", columns.Select(Disarmed))} FROM {Table} ORDER BY position", cancel);
        if (parquet is not null)
            await Copy(engine, parquet, "Parquet", $"SELECT {names} FROM {Table} ORDER BY position", cancel);
        await engine.Execute(Sql.Text($"DROP TABLE {Table}"), cancel: cancel);
    }

    private static string Disarmed<T>(OutputColumn<T> column)
    {
        var name = new Identifier(column.Name);
        return column.Type == "String" ? $"concat(if(match({Table}.{name}, '^([=+@\\t\\r]|-[^0-9.])'), '\\'', ''), {Table}.{name}) AS {name}" : $"{name}";
    }

    // One thread, so that the file's bytes are the same every time.
    private static Task<long> Copy(EngineClient engine, Stream output, string format, string select, CancellationToken cancel) =>
        engine.CopyTo(output, Sql.Text($"{select} SETTINGS max_threads = 1, output_format_parquet_parallel_encoding = 0"), format, cancel: cancel);
}
