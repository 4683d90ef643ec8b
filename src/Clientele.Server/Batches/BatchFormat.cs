using System.Text.Json.Serialization;

namespace Clientele.Server.Batches;

/// <summary>How a file is written.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BatchFormat>))]
internal enum BatchFormat
{
    Csv,
    JsonLines,
    Parquet,
}

/// <summary>The names of formats: in bodies, in media types, at the end of file names.</summary>
internal static class BatchFormats
{
    public const string CsvType = "text/csv", JsonLinesType = "application/jsonl", ParquetType = "application/vnd.apache.parquet";

    private static readonly (BatchFormat Format, string Word, string[] Types, string[] Endings)[] All =
    [
        (BatchFormat.Csv, "csv", [CsvType], [".csv", ".tsv", ".txt"]),
        (BatchFormat.JsonLines, "jsonl", [JsonLinesType, "application/x-ndjson", "application/x-jsonlines", "application/json-lines"], [".jsonl", ".ndjson"]),
        (BatchFormat.Parquet, "parquet", [ParquetType, "application/x-parquet"], [".parquet", ".pq"]),
    ];

    public static IReadOnlyList<string> Words { get; } = [.. All.Select(entry => entry.Word)];
    public static IReadOnlyList<string> Types { get; } = [.. All.SelectMany(entry => entry.Types)];

    public static BatchFormat? OfWord(string? word) => All.Where(entry => entry.Word == word).Select(entry => (BatchFormat?)entry.Format).FirstOrDefault();

    public static BatchFormat? OfType(string? type) => type is null ? null
        : All.Where(entry => entry.Types.Contains(type.Split(';')[0].Trim(), StringComparer.OrdinalIgnoreCase)).Select(entry => (BatchFormat?)entry.Format).FirstOrDefault();

    public static BatchFormat? OfName(string path) => All.Where(entry => entry.Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)).Select(entry => (BatchFormat?)entry.Format).FirstOrDefault();

    public static string TypeOf(this BatchFormat format) => All.First(entry => entry.Format == format).Types[0];

    public static string WordOf(this BatchFormat format) => All.First(entry => entry.Format == format).Word;
}
