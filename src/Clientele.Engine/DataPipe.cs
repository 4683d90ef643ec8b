using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Clientele.Engine;

/// <summary>Carries the data of an INSERT: we write one end, the engine opens the other as a file. Three rows or three million take the same memory.</summary>
internal sealed class DataPipe : IDisposable
{
    private readonly SafeFileHandle reader;
    private readonly FileStream writer;

    public DataPipe()
    {
        (reader, var end) = LibC.Pipe();
        writer = new(end, FileAccess.Write, bufferSize: 0);
    }

    /// <summary>The descriptor that the engine opens anew, by /proc/self/fd. (An anonymous pipe can be opened even after its writer has gone; a named one would wait.)</summary>
    public int Reader => (int)reader.DangerousGetHandle();

    /// <summary>Copies all data, then closes the writing end. If the caller breaks off, the query is killed first: a closed pipe alone would look like the end.</summary>
    public void Feed(string first, Stream body, RunningQuery query)
    {
        var buffer = new byte[1 << 16];
        try
        {
            Write(Encoding.UTF8.GetBytes(first));
            while (body.Read(buffer) is var read and > 0)
                Write(buffer.AsSpan(0, read));
        }
        catch (Exception broken) when (broken is IOException or BadHttpRequestException or OperationCanceledException)
        {
            query.Kill().GetAwaiter().GetResult();
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>The query is over; whoever still writes is set free.</summary>
    public void StopReading() => reader.Dispose();

    public void Dispose()
    {
        StopReading();
        writer.Dispose();
    }

    // Rows after the query's end are read and dropped, so that the caller gets the engine's answer and not a broken line.
    private void Write(ReadOnlySpan<byte> data)
    {
        try
        {
            writer.Write(data);
        }
        catch (IOException)
        {
        }
    }
}
