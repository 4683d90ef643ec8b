namespace Clientele.Engine;

/// <summary>The answer of a SELECT in pieces. An error may come after many good pieces.</summary>
internal sealed class ChdbStream(nint connection, nint stream) : IDisposable
{
    private readonly ChdbResult start = new(stream);

    /// <summary>Why the SELECT could not start, or null.</summary>
    public EngineError? Error => start.Error;

    /// <summary>The next piece; one without bytes and error is the end.</summary>
    public ChdbResult Next() => new(Chdb.Fetch(connection, stream));

    /// <summary>Stops the query when the reader has had enough.</summary>
    public void Cancel() => Chdb.CancelStream(connection, stream);

    public void Dispose() => start.Dispose();
}
