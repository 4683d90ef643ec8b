using System.Buffers;
using System.IO.Pipelines;
using Clientele.Server.Limits;
using Clientele.Server.Models;
using Clientele.Server.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

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
        try
        {
            var read = await pipe.ReadAsync(context.RequestAborted);
            return read.IsCompleted ? new(pipe, read.Buffer) : await ReadRest(context, pipe, read);
        }
        catch (IOException cut) when (cut is not BadHttpRequestException)
        {
            // The sender went away, or wrote sizes of chunks that are none.
            throw new RequestException(StatusCodes.Status400BadRequest, new("request/http", "The body ended before it was complete.", "Send it again."), []);
        }
    }

    // What does not come at once may take its time, but not for ever: it is held in memory.
    private static async ValueTask<RequestBody> ReadRest(HttpContext context, PipeReader pipe, ReadResult read)
    {
        var (seconds, clock) = (context.RequestServices.GetRequiredService<ServedModels>().Settings.BodySeconds, context.RequestServices.GetRequiredService<TimeProvider>());
        var waiting = context.RequestServices.GetRequiredService<WaitingBodies>();
        if (waiting.Begin(context.Request.ContentLength) is not { } room)
        {
            context.Response.Headers.RetryAfter = "1";
            throw new RequestException(StatusCodes.Status429TooManyRequests, new("limits/bodies", "Too many large bodies are arriving at once.", "Come again in 1 s, or send fewer rows at once."), []);
        }
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, context.RequestAborted);
        try
        {
            while (!read.IsCompleted)
            {
                pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                read = await pipe.ReadAsync(either.Token);
            }
            context.RequestServices.GetRequiredService<Leaving>().Tell(context);      // it may have begun meanwhile
            return new(pipe, read.Buffer);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            throw new RequestException(StatusCodes.Status408RequestTimeout, new("limits/time", $"The body did not arrive within {seconds} s.", "Send fewer rows at once, or assign them from a file: clientele predict."), []);
        }
        finally
        {
            waiting.End(room);
        }
    }

    public void Dispose() => pipe.AdvanceTo(Bytes.End);
}
