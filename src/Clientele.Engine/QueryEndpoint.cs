using System.Collections.Concurrent;
using System.Text;

namespace Clientele.Engine;

/// <summary>Answers one statement per request, each on a connection and a thread of its own, as long as the caller stays on the line.</summary>
internal sealed class QueryEndpoint(Launch launch)
{
    private const int LongestText = 64 << 20;
    private const int MostFailures = 64;

    private static readonly EngineError Unheard = new(394, "The caller hung up", "QUERY_WAS_CANCELLED");

    private readonly EngineThreads threads = new(most: 64);
    private readonly ConcurrentQueue<(string Id, EngineError Error)> failures = new();
    private long count;

    public async Task Answer(HttpContext context)
    {
        var request = QueryRequest.Of(context.Request);
        var (statement, error) = Statement.Read(request.Query);
        if (statement is { Kind: not StatementKind.InsertOfData })
            (statement, error) = await ReadBody(request.Query, context.Request);
        string mark = $"clientele-{Interlocked.Increment(ref count)}";
        string? setUp = null;
        if (error is null)
            (setUp, error) = (request with { Settings = [.. launch.Settings.ExceptBy(request.Settings.Select(s => s.Key), s => s.Key), .. request.Settings] }).SetUp(mark);
        if (error is not null)
        {
            await context.Response.Fail(error);
            return;
        }

        if (await Run(context, request, statement!, setUp!, mark) is not { } failure)
            return;
        if (!context.Response.HasStarted)
        {
            await context.Response.Fail(failure);
            return;
        }
        failures.Enqueue((request.Id, failure));
        if (failures.Count > MostFailures)
            failures.TryDequeue(out _);
        context.Abort();
    }

    /// <summary>Why an answer broke off after its beginning had been sent: the text by query_id, or 404.</summary>
    public async Task AnswerFailure(HttpContext context)
    {
        string id = context.Request.Query["query_id"].ToString();
        var found = failures.LastOrDefault(f => f.Id == id);
        if (found.Error is null)
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        else
            await context.Response.WriteAsync(found.Error.Text);
    }

    private async Task<EngineError?> Run(HttpContext context, QueryRequest request, Statement statement, string setUp, string mark)
    {
        using var query = new RunningQuery(mark);
        await using var gone = context.RequestAborted.UnsafeRegister(_ => _ = query.Kill(), null);
        if (statement.Kind != StatementKind.InsertOfData)
            return await threads.Run(() => OnConnection(request, setUp, connection => statement.Streams(request.DefaultFormat)
                ? Pieces(connection, statement.Sql, request, context)
                : Whole(connection, statement.Sql, request, context.Response)));

        using var data = new DataPipe();
        var feeding = Task.Factory.StartNew(
            () => data.Feed(statement.Data, context.Request.Body, query), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var error = await threads.Run(() => OnConnection(request, setUp, connection => Whole(connection, statement.ReadingFrom(data.Reader), request, context.Response)));
        query.Dispose();
        data.StopReading();
        await feeding;
        return error;
    }

    private static async Task<(Statement?, EngineError?)> ReadBody(string query, HttpRequest request)
    {
        using var text = new MemoryStream();
        var buffer = new byte[16 << 10];
        while (await request.Body.ReadAsync(buffer) is var read and > 0)
        {
            if (text.Length + read > LongestText)
                return (null, new(229, $"A statement may have {LongestText} bytes; give the INSERT as ?query= and its data as the body", "QUERY_IS_TOO_LARGE"));
            text.Write(buffer, 0, read);
        }
        string body = Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
        return Statement.Read(query.Length == 0 ? body : $"{query}\n{body}");
    }

    private static EngineError? OnConnection(QueryRequest request, string setUp, Func<ChdbConnection, EngineError?> run)
    {
        using var connection = ChdbConnection.Open();
        if (request.Use is { } use && Failure(connection, use) is { } noDatabase)
            return noDatabase;
        return Failure(connection, setUp) ?? run(connection);
    }

    private static EngineError? Failure(ChdbConnection connection, string sql)
    {
        using var result = connection.Query(sql);
        return result.Error;
    }

    private static EngineError? Whole(ChdbConnection connection, string sql, QueryRequest request, HttpResponse response)
    {
        using var result = connection.Query(sql, request.DefaultFormat, request.Parameters);
        if (result.Error is null)
            response.Body.Write(result.Bytes);
        return result.Error;
    }

    // One piece is held back: an answer of one piece that fails still gets its status.
    private static EngineError? Pieces(ChdbConnection connection, string sql, QueryRequest request, HttpContext context)
    {
        using var stream = connection.Stream(sql, request.DefaultFormat, request.Parameters);
        if (stream.Error is { } error)
            return error;
        var held = stream.Next();
        try
        {
            while (held.Error is null && !held.Bytes.IsEmpty)
            {
                var next = stream.Next();
                if (next.Error is null)
                    context.Response.Body.Write(held.Bytes);
                held.Dispose();
                held = next;
                if (context.RequestAborted.IsCancellationRequested)
                {
                    stream.Cancel();
                    return Unheard;
                }
            }
            return held.Error;
        }
        catch (Exception hungUp) when (hungUp is IOException or OperationCanceledException)
        {
            stream.Cancel();
            return Unheard;
        }
        finally
        {
            held.Dispose();
        }
    }
}
