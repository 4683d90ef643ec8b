using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Clientele.Server.Json;

/// <summary>A request's whole body, where the connection received it; given back when disposed of.</summary>
internal readonly struct RequestBody : IDisposable
{
    private readonly PipeReader pipe;

    private RequestBody(PipeReader pipe, ReadOnlySequence<byte> bytes) => (this.pipe, Bytes) = (pipe, bytes);

    public ReadOnlySequence<byte> Bytes { get; }

    public static async ValueTask<RequestBody> Read(HttpContext context)
    {
        var pipe = context.Request.BodyReader;
        while (true)
        {
            var read = await pipe.ReadAsync(context.RequestAborted);
            if (read.IsCompleted)
                return new(pipe, read.Buffer);
            pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    public void Dispose() => pipe.AdvanceTo(Bytes.End);
}
