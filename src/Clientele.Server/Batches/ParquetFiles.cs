using System.Globalization;
using Clientele.Engines;
using Clientele.Pipeline;
using Clientele.Problems;
using Clientele.Sources;

namespace Clientele.Server.Batches;

/// <summary>Parquet in and out. The SQL engine does both, in a process of its own that is started for one file and ended again; nothing else of the service needs it.</summary>
internal static class ParquetFiles
{
    private static readonly string[] Numbers = ["distance", "confidence", "second_distance"], Segments = ["segment", "second_nearest"], Texts = ["id", "persona"];

    /// <summary>Writes a file's rows as CSV, in their order, with a header; every number keeps its bits.</summary>
    /// <exception cref="ProblemException"><c>batches/parquet</c>.</exception>
    public static async Task ToCsv(string parquet, string csv, CancellationToken cancel)
    {
        if (!IsWhole(parquet))
            throw new ProblemException(BatchProblems.NotParquet);
        try
        {
            await using var engine = await EngineClient.StartEmbedded(cancel: cancel);
            using var link = EnginePath.For(parquet);
            var columns = await ParquetCells.Describe(engine, link.Path, cancel);
            await Copy(engine, csv, $"""
                SELECT {string.Join(", ", columns.Select(column => $"{ParquetCells.Text(new(column.Name), Wide(column.Type))} AS {new Identifier(column.Name)}"))}
                FROM (SELECT {string.Join(", ", columns.Select(Widened))} FROM file({'{'}path:String{'}'}, 'Parquet'))
                SETTINGS max_threads = 1, input_format_parquet_preserve_order = 1
                """, "CSVWithNames", link.Path, cancel);
        }
        catch (EngineException damaged)
        {
            throw new ProblemException(BatchProblems.NotParquet, damaged);
        }
    }

    /// <summary>Writes a result as Parquet: the same bytes every time. The engine holds its rows in memory meanwhile.</summary>
    public static async Task FromResult(string csv, string parquet, CancellationToken cancel)
    {
        await using var engine = await EngineClient.StartEmbedded(cancel: cancel);
        string aside = $"{parquet}.part";
        await using (var output = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
        {
            string[] names = BlockScorer.ResultHeader.TrimEnd().Split(',');
            await OutputTable.Write(engine, [.. names.Select(Column)], ResultRows.Read(csv).Skip(1).ToAsyncEnumerable(), csv: null, parquet: output, cancel);
        }
        File.Move(aside, parquet, overwrite: true);
    }

    // Numbers are read here: the engine's own reading of text may miss the last bit.
    private static OutputColumn<IReadOnlyList<string>> Column(string name, int at) => name switch
    {
        "line" => new(name, "UInt64", (writer, row) => writer.WriteUInt64(ulong.Parse(row[at], CultureInfo.InvariantCulture))),
        "outlier" => new(name, "Bool", (writer, row) => writer.WriteBool(row[at] == "true")),
        _ when Texts.Contains(name) => new(name, "String", (writer, row) => writer.WriteString(row[at])),
        _ when Segments.Contains(name) => new(name, "UInt32", (writer, row) => writer.WriteUInt32(uint.Parse(row[at], CultureInfo.InvariantCulture))),
        _ when Numbers.Contains(name) => new(name, "Float64", (writer, row) => writer.WriteFloat64(double.Parse(row[at], CultureInfo.InvariantCulture))),
        _ => new(name, "Nullable(Float64)", (writer, row) => writer.WriteNullable(row[at].Length > 0 ? double.Parse(row[at], CultureInfo.InvariantCulture) : (double?)null, (to, value) => to.WriteFloat64(value))),
    };

    // Written aside: what is there under its name is whole.
    private static async Task Copy(EngineClient engine, string to, string select, string format, string from, CancellationToken cancel)
    {
        string aside = $"{to}.part";
        await using (var output = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            await engine.CopyTo(output, Sql.Text(select), format, new SqlParameters().Add("path", from), cancel);
        File.Move(aside, to, overwrite: true);
    }

    // Single precision has an exact double, of which the shortest digits of the single say nothing.
    private static string Widened((string Name, string Type) column) => column.Type.Contains("Float32", StringComparison.Ordinal) ? $"toFloat64({new Identifier(column.Name)}) AS {new Identifier(column.Name)}" : $"{new Identifier(column.Name)}";

    private static string Wide(string type) => type.Replace("Float32", "Float64", StringComparison.Ordinal);

    private static bool IsWhole(string path)
    {
        using var file = File.OpenHandle(path);
        Span<byte> ends = stackalloc byte[8];
        long length = RandomAccess.GetLength(file);
        return length >= 12 && RandomAccess.Read(file, ends[..4], 0) == 4 && RandomAccess.Read(file, ends[4..], length - 4) == 4 && ends.SequenceEqual("PAR1PAR1"u8);
    }
}
