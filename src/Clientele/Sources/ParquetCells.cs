using Clientele.Engines;

namespace Clientele.Sources;

/// <summary>Makes text cells of a Parquet file's columns, as they would stand in a CSV file.</summary>
internal static class ParquetCells
{
    /// <summary>Names and types of the columns.</summary>
    public static async Task<IReadOnlyList<(string Name, string Type)>> Describe(EngineClient reader, string path, CancellationToken cancel)
    {
        // Name, type, and five texts about defaults that a file does not have.
        var describe = Sql.Text("DESCRIBE TABLE file({path:String}, 'Parquet')");
        var columns = await reader.Query(
            describe, row => Enumerable.Range(0, 7).Select(_ => row.ReadString()).ToArray(), new SqlParameters().Add("path", path), cancel).ToListAsync(cancel);
        return [.. columns.Select(column => (column[0], column[1]))];
    }

    /// <summary>The SELECT of cells for <c>read.sql</c>: only these columns are read.</summary>
    public static string Select(IReadOnlyList<(string Name, string Type)> columns) => $$"""
        SELECT toInt64(_row_number) + 1 - toInt64({skip:UInt64}) AS ordinal, _row_number + 1 AS line, arrayStringConcat(x, '\t') AS raw,
            [{{string.Join(", ", columns.Select(column => Text(new Identifier(column.Name), column.Type)))}}] AS x
        FROM file({path:String}, 'Parquet')
        WHERE _row_number >= {skip:UInt64}
        """;

    // Missing is ''. Whole floats lose their point, so that an id is the same in every file form.
    internal static string Text(Identifier column, string type)
    {
        string plain = type.StartsWith("Nullable(", StringComparison.Ordinal) ? type["Nullable(".Length..^1] : type;
        string text = plain switch
        {
            _ when plain.StartsWith("Float", StringComparison.Ordinal) =>
                $"multiIf(NOT isFinite({column}), '', {column} = floor({column}) AND abs({column}) < 1e15, toString(toInt64({column})), toString({column}))",
            _ when plain.StartsWith("DateTime", StringComparison.Ordinal) => $"formatDateTime(toTimeZone({column}, 'UTC'), '%Y-%m-%d %H:%i:%S')",
            "Date" or "Date32" => $"concat(toString({column}), ' 00:00:00')",
            _ => $"toString({column})",
        };
        return $"ifNull({text}, '')";
    }
}
