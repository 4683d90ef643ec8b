namespace Clientele.Engine;

/// <summary>A query at work in the engine, which can be stopped from outside: by the mark in its log_comment, from another connection.</summary>
internal sealed class RunningQuery(string mark) : IDisposable
{
    private readonly CancellationTokenSource ended = new();

    /// <summary>Tells the engine to stop the query, again until it has begun or is over. Never SYNC: that does not return.</summary>
    /// <returns>When the engine has marked the query as killed, or it ended by itself.</returns>
    public async Task Kill()
    {
        using var connection = ChdbConnection.Open();
        while (!ended.IsCancellationRequested)
        {
            using (var killed = connection.Query($"KILL QUERY WHERE Settings['log_comment'] = {QueryRequest.Quoted(mark)}"))
            {
                if (!killed.Bytes.IsEmpty)
                    return;
            }
            await Task.Delay(10, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The query is over.</summary>
    public void Dispose() => ended.Cancel();
}
