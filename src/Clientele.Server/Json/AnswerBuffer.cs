using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Clientele.Server.Json;

/// <summary>An answer while it is written: memory of the thread's, used again for the next. Between <see cref="Take"/> and <see cref="Send"/> nothing may be awaited.</summary>
internal sealed class AnswerBuffer
{
    public const string JsonType = "application/json";
    private const int Large = 1 << 20;

    [ThreadStatic]
    private static AnswerBuffer? ofThread;

    private ArrayBufferWriter<byte> bytes = new(4096);

    private AnswerBuffer() => Json = new(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    public Utf8JsonWriter Json { get; }

    public static AnswerBuffer Take()
    {
        var buffer = ofThread ??= new();
        if (buffer.bytes.Capacity > Large)
            buffer.bytes = new(4096);
        buffer.bytes.ResetWrittenCount();
        buffer.Json.Reset(buffer.bytes);
        return buffer;
    }

    public Task Send(HttpContext context, int status = StatusCodes.Status200OK, string type = JsonType)
    {
        Json.Flush();
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = type;
        response.ContentLength = bytes.WrittenCount;
        response.BodyWriter.Write(bytes.WrittenSpan);
        var flushed = response.BodyWriter.FlushAsync(context.RequestAborted);
        return flushed.IsCompletedSuccessfully ? Task.CompletedTask : flushed.AsTask();
    }
}
