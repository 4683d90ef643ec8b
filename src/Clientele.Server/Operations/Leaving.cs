using Microsoft.AspNetCore.Http;

namespace Clientele.Server.Operations;

/// <summary>Whether the service is about to stop. Then every answer asks its caller to come by another connection, so that none is cut off.</summary>
internal sealed class Leaving : IDisposable
{
    private readonly CancellationTokenSource told = new();
    private volatile bool begun;

    public bool Begun => begun;

    /// <summary>For those who have something to end.</summary>
    public CancellationToken Told => told.Token;

    public void Begin()
    {
        begun = true;
        told.Cancel();
    }

    /// <summary>Says it in an answer's headers.</summary>
    public void Tell(HttpContext context)
    {
        if (begun)
            context.Response.Headers.Connection = "close";
    }

    public void Dispose() => told.Dispose();
}
