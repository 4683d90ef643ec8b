namespace Clientele.Engine;

/// <summary>A query at work in the engine, which can be stopped from outside: by the mark in its log_comment, from another connection.</summary>
internal sealed class RunningQuery(string mark) : IDisposable
{
    // One of its own, so that it is free when all others are busy.
    private static readonly EngineThreads Killer = new(1);

    private volatile bool ended;

    /// <summary>Tells the engine to stop the query, again until it has begun or is over. Never SYNC: that does not return.</summary>
    /// <returns>When the engine has marked the query as killed, or it ended by itself.</returns>
    public async Task Kill()
    {
        while (!ended && !await Killer.Run(TryKill))
            await Task.Delay(10);
    }

    /// <summary>The query is over.</summary>
    public void Dispose() => ended = true;

    private bool TryKill()
    {
        using var connection = ChdbConnection.Open();
        using var killed = connection.Query($"KILL QUERY WHERE Settings['log_comment'] = {QueryRequest.Quoted(mark)}");
        return !killed.Bytes.IsEmpty;
    }
}
