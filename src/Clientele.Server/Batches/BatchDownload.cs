using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Clientele.Server.Batches;

/// <summary>Sends a file that a job left, in the form that is asked for.</summary>
internal static class BatchDownload
{
    private const int AtOnce = 1 << 16;

    /// <summary>The format by <c>?format=</c>, else by Accept; else CSV.</summary>
    /// <exception cref="RequestException"><c>request/query</c>: it is none of these.</exception>
    public static BatchFormat Asked(HttpContext context, params IReadOnlyList<BatchFormat> valid)
    {
        if (context.Request.Query.TryGetValue("format", out var said))
            return BatchFormats.OfWord(said) is { } word && valid.Contains(word) ? word
                : throw new RequestException(StatusCodes.Status400BadRequest, new("request/query", $"'format' takes {string.Join(", ", valid.Select(BatchFormats.WordOf))}.", "Leave it out for csv."), []);
        return context.Request.Headers.Accept.SelectMany(accept => accept?.Split(',') ?? []).Select(BatchFormats.OfType).FirstOrDefault(format => format is { } one && valid.Contains(one)) ?? BatchFormat.Csv;
    }

    private static readonly SemaphoreSlim OneEngine = new(1);

    // Made when it is first asked for, beside the result.
    private static async Task<string> Parquet(string csv, CancellationToken cancel)
    {
        string parquet = Path.ChangeExtension(csv, ".parquet");
        await OneEngine.WaitAsync(cancel);
        try
        {
            if (!File.Exists(parquet))
                await ParquetFiles.FromResult(csv, parquet, cancel);
            return parquet;
        }
        finally
        {
            OneEngine.Release();
        }
    }

    /// <param name="name">Of the file, without ending.</param>
    public static async Task Send(HttpContext context, string path, string name, BatchFormat format)
    {
        var response = context.Response;
        response.ContentType = format.TypeOf();
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}.{format.WordOf()}\"";
        if (format == BatchFormat.JsonLines)
        {
            var lines = new ArrayBufferWriter<byte>(AtOnce);
            foreach (int _ in JsonLines(path, lines))
            {
                await response.BodyWriter.WriteAsync(lines.WrittenMemory, context.RequestAborted);
                lines.ResetWrittenCount();
            }
            return;
        }
        await response.SendFileAsync(format == BatchFormat.Parquet ? await Parquet(path, context.RequestAborted) : path, context.RequestAborted);
    }

    /// <summary>The rows of a CSV file of ours as JSON lines; cells that are empty are left out.</summary>
    /// <returns>How many bytes wait in <paramref name="lines"/>, whenever they are many, and at the end.</returns>
    internal static IEnumerable<int> JsonLines(string path, ArrayBufferWriter<byte> lines)
    {
        using var json = new Utf8JsonWriter(lines, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        IReadOnlyList<string>? header = null;
        foreach (var cells in ResultRows.Read(path))
        {
            if (header is null)
            {
                header = cells;
                continue;
            }
            json.Reset(lines);
            json.WriteStartObject();
            for (int i = 0; i < cells.Count; i++)
                if (cells[i].Length > 0)
                {
                    json.WritePropertyName(header[i]);
                    if (header[i] is "id" or "persona" or "kind" or "reason" or "row")
                        json.WriteStringValue(cells[i]);
                    else
                        json.WriteRawValue(cells[i], skipInputValidation: true);
                }
            json.WriteEndObject();
            json.Flush();
            lines.Write("\n"u8);
            if (lines.WrittenCount >= AtOnce)
                yield return lines.WrittenCount;
        }
        yield return lines.WrittenCount;
    }
}
