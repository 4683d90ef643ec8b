using System.Runtime.InteropServices;

namespace Clientele.Engine;

/// <summary>An answer, or a piece of one, in the engine's own memory.</summary>
internal sealed unsafe class ChdbResult(nint result) : IDisposable
{
    /// <summary>What went wrong, or null.</summary>
    public EngineError? Error { get; } =
        Chdb.Error(result) is var text && text == null ? null : new EngineError(Marshal.PtrToStringUTF8((nint)text)!);

    /// <summary>The formatted rows; valid until this is disposed. Empty after an error and for statements without an answer.</summary>
    public ReadOnlySpan<byte> Bytes =>
        Error is not null || Chdb.Buffer(result) is var buffer && buffer == null ? [] : new(buffer, checked((int)Chdb.Length(result)));

    public void Dispose() => Chdb.Destroy(result);
}
