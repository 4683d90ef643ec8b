using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Clientele.Sources;

/// <summary>Texts of one block of rows, each different one kept once: the engine's LowCardinality(String).</summary>
/// <param name="name">Of the column.</param>
/// <param name="most">Rows of a block.</param>
internal sealed class TextColumn(string name, int most)
{
    // Places of a hash table, at most half of them taken: the key of a text, 0 for none.
    private readonly int[] places = new int[(int)BitOperations.RoundUpToPowerOf2((uint)most * 2 + 2)];
    private readonly int[] starts = new int[most + 1];
    private readonly int[] ends = new int[most + 1];
    private readonly uint[] keys = new uint[most];
    private byte[] texts = new byte[1 << 16];       // as they are written: length, text, length, text …
    private int written;
    private int distinct;
    private int rows;
    private int last;

    /// <summary>Adds the text of the next row.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        if (rows == 0)
            Begin();
        if (!text.SequenceEqual(Text(last)))        // as often as not it is the text of the row before
            last = text.IsEmpty ? 0 : KeyOf(text);
        keys[rows++] = (uint)last;
    }

    /// <summary>Writes the column of a block in the engine's format Native, and begins the next.</summary>
    public void WriteTo(Stream output)
    {
        NativeFormat.Head(output, name, "LowCardinality(String)");
        var (width, kind) = distinct <= 1 << 8 ? (1, 0L) : distinct <= 1 << 16 ? (2, 1L) : (4, 2L);
        Span<byte> head = stackalloc byte[24];
        BinaryPrimitives.WriteInt64LittleEndian(head, 1);                       // keys and texts of their own in every block
        BinaryPrimitives.WriteInt64LittleEndian(head[8..], 0x600 | kind);       // … and how wide the keys are
        BinaryPrimitives.WriteInt64LittleEndian(head[16..], distinct);
        output.Write(head);
        output.Write(texts, 0, written);
        BinaryPrimitives.WriteInt64LittleEndian(head, rows);
        output.Write(head[..8]);
        var all = keys.AsSpan(0, rows);
        switch (width)
        {
            case 1:
                output.Write(Array.ConvertAll(all.ToArray(), key => (byte)key));
                break;
            case 2:
                output.Write(MemoryMarshal.AsBytes(Array.ConvertAll(all.ToArray(), key => (ushort)key).AsSpan()));
                break;
            default:
                output.Write(MemoryMarshal.AsBytes(all));
                break;
        }
        rows = 0;
    }

    // Key 0 is the empty text: the engine asks for it.
    private void Begin()
    {
        Array.Clear(places);
        (written, distinct, last) = (0, 0, 0);
        Keep([]);
    }

    private int KeyOf(ReadOnlySpan<byte> text)
    {
        int mask = places.Length - 1;
        int place = (int)Hash(text) & mask;
        for (; places[place] is > 0 and var key; place = (place + 1) & mask)
            if (text.SequenceEqual(Text(key)))
                return key;
        return places[place] = Keep(text);
    }

    private int Keep(ReadOnlySpan<byte> text)
    {
        if (texts.Length - written < text.Length + 5)
            Array.Resize(ref texts, Math.Max(texts.Length * 2, written + text.Length + 5));
        written += NativeFormat.Count(texts.AsSpan(written), (uint)text.Length);
        text.CopyTo(texts.AsSpan(written));
        (starts[distinct], ends[distinct]) = (written, written += text.Length);
        return distinct++;
    }

    private ReadOnlySpan<byte> Text(int key) => texts.AsSpan(starts[key], ends[key] - starts[key]);

    private static uint Hash(ReadOnlySpan<byte> text)
    {
        const ulong Mix = 0x9E3779B97F4A7C15;
        ulong hash = (ulong)text.Length * Mix;
        for (; text.Length >= 8; text = text[8..])
            hash = BitOperations.RotateLeft((hash ^ BinaryPrimitives.ReadUInt64LittleEndian(text)) * Mix, 29);
        ulong rest = 0;
        foreach (byte b in text)
            rest = rest << 8 | b;
        hash = (hash ^ rest) * Mix;
        return (uint)(hash >> 32);
    }
}
