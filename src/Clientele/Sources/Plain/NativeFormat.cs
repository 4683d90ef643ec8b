using System.Runtime.InteropServices;
using System.Text;

namespace Clientele.Sources;

/// <summary>The engine's format Native: blocks of columns, which it takes without parsing. Alike in all versions.</summary>
internal static class NativeFormat
{
    /// <summary>What stands before a block's columns, and before a column's data.</summary>
    public static void Head(Stream output, int columns, int rows) => Write(output, (uint)columns, (uint)rows);

    /// <inheritdoc cref="Head(Stream, int, int)"/>
    public static void Head(Stream output, string name, string type)
    {
        foreach (string text in (string[])[name, type])
        {
            Write(output, (uint)text.Length);
            output.Write(Encoding.ASCII.GetBytes(text));
        }
    }

    /// <summary>A column of numbers.</summary>
    public static void Column<T>(Stream output, string name, string type, ReadOnlySpan<T> values) where T : unmanaged
    {
        Head(output, name, type);
        output.Write(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Writes a count, seven bits a byte.</summary>
    /// <returns>Bytes written, at most 5.</returns>
    public static int Count(Span<byte> output, uint count)
    {
        int at = 0;
        for (; count >= 0x80; count >>= 7)
            output[at++] = (byte)(count | 0x80);
        output[at++] = (byte)count;
        return at;
    }

    private static void Write(Stream output, params ReadOnlySpan<uint> counts)
    {
        Span<byte> bytes = stackalloc byte[5];
        foreach (uint count in counts)
            output.Write(bytes[..Count(bytes, count)]);
    }
}
