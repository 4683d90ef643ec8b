using System.Net;

namespace Clientele.Engines;

/// <summary>The body of an INSERT: rows, written while they are sent.</summary>
internal sealed class RowsContent(Func<RowBinaryWriter, CancellationToken, Task> write, CancellationToken cancel) : HttpContent
{
    /// <summary>What the caller's own code threw, if it did.</summary>
    public Exception? Failure { get; private set; }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        using var rows = new RowBinaryWriter(stream);
        try
        {
            await write(rows, cancel);
        }
        catch (Exception own) when (own is not (IOException or HttpRequestException))
        {
            Failure = own;
            throw;
        }
        await rows.Flush(cancel);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
