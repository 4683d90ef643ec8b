using System.IO.Pipelines;
using Clientele.Server.Access;
using Clientele.Server.Models;
using Clientele.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Clientele.Server.Batches;

/// <summary>Takes in what jobs are made from: an upload goes to the disk as it comes, a file of the batch folder is copied, so that nothing can change beneath the job.</summary>
internal sealed class BatchArrivals(BatchStore store, ServedModels models, ServeSettings settings, ServeOptions options, TimeProvider clock)
{
    private static readonly string[] Encodings = ["utf-8", "utf8", "us-ascii"];

    private readonly BatchFolder files = new(options.Workspace, settings);
    private int arriving;

    /// <exception cref="RequestException">Nothing came of it, and nothing is left of it.</exception>
    public async Task<BatchJob> Receive(HttpContext context)
    {
        if (Interlocked.Increment(ref arriving) + store.All().Count(job => !job.Standing.HasEnded) > settings.BatchWaiting)
        {
            Interlocked.Decrement(ref arriving);
            context.Response.Headers.RetryAfter = "10";
            throw new RequestException(StatusCodes.Status429TooManyRequests, new("limits/batches", $"{settings.BatchWaiting:N0} jobs wait or are at work.", "Come again in 10 s, or send fewer and larger files."), []);
        }
        try
        {
            return await Take(context);
        }
        finally
        {
            Interlocked.Decrement(ref arriving);
        }
    }

    private async Task<BatchJob> Take(HttpContext context)
    {
        var asOf = Day(context.Request.Query["as_of"]);
        var uploaded = BatchFormats.OfType(context.Request.ContentType);
        if (uploaded is not null && MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.Charset.Value is { } charset && !Encodings.Contains(charset.Trim('"'), StringComparer.OrdinalIgnoreCase))
            throw new RequestException(StatusCodes.Status415UnsupportedMediaType, BatchProblems.Text("The file is said not to be UTF-8."), []);
        var request = uploaded is { } format ? new BatchPointer(null, format, asOf) : await BatchPointer.Read(context, asOf);
        var model = models.Current;
        string? id = null;
        try
        {
            (id, string folder) = store.Begin();
            string input = Path.Combine(folder, "input");
            if (request.Source is { } source)
                await files.Copy(source, input, context.RequestAborted);
            else
                await Upload(context, input);
            Check(input, request.Format, model);
            var order = new BatchOrder(id, clock.GetUtcNow(), context.Features.Get<Caller>()?.Name ?? "", request.Format, request.Source, request.AsOf, model.Version.Model, model.Version.Version, new FileInfo(input).Length);
            store.Add(order);
            id = null;
            return new(order, BatchStanding.New, false);
        }
        catch (Exception wrong) when (wrong is not BadHttpRequestException && BatchProblems.IsOfDisk(wrong))
        {
            throw new RequestException(StatusCodes.Status507InsufficientStorage, BatchProblems.NoRoom, []);
        }
        finally
        {
            if (id is not null)
                store.Forget(id);
        }
    }

    // A wrong header is told at once; what is wrong with rows, or within Parquet, when the job is at work.
    private static void Check(string input, BatchFormat format, ServedModel model)
    {
        if (format == BatchFormat.Csv || new FileInfo(input).Length == 0)
            BatchInput.Open(input, format, model);
    }

    private async Task Upload(HttpContext context, string path)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
            body.MaxRequestBodySize = (long)settings.BatchMib << 20;
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var pipe = context.Request.BodyReader;
        while (true)
        {
            var read = await Read(pipe, context.RequestAborted);
            foreach (var part in read.Buffer)
                await file.WriteAsync(part, context.RequestAborted);
            pipe.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                break;
        }
        file.Flush(flushToDisk: true);
    }

    private static async ValueTask<ReadResult> Read(PipeReader pipe, CancellationToken cancel)
    {
        try
        {
            return await pipe.ReadAsync(cancel);
        }
        catch (IOException cut) when (cut is not BadHttpRequestException)
        {
            throw new RequestException(StatusCodes.Status400BadRequest, new("request/http", "The body ended before it was complete.", "Send it again."), []);
        }
    }

    internal static DateOnly? Day(string? text) => string.IsNullOrEmpty(text) ? null
        : BatchPointer.TryDay(text, out var day) ? day
        : throw new RequestException(StatusCodes.Status400BadRequest, new("request/query", "'as_of' takes a day such as 2011-12-31.", "Leave it out for the later of the model's and the day of the file's last line that counts."), []);
}
