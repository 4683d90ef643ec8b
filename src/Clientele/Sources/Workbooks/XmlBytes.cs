using System.Buffers;
using System.Text;

namespace Clientele.Sources.Workbooks;

internal enum XmlToken
{
    None,
    Start,
    End,
    Text,
}

/// <summary>Reads the tokens of a UTF-8 document in one pass, with names and values as bytes of the buffer: nothing is allocated.</summary>
/// <remarks>
/// As much of XML as the cells of a sheet need: elements, attributes, text, CDATA. Comments and instructions are passed over, a DTD is refused.
/// Spans are good until the next <see cref="Read"/>.
/// </remarks>
internal sealed class XmlBytes(Func<Stream> open) : IDisposable
{
    /// <summary>Bytes of one tag or text: seven times what a cell may hold at most, for escapes.</summary>
    public const int MostBytes = 1 << 20;

    private Stream stream = open();
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(128 << 10);
    private int next;
    private int filled;
    private bool isFirst = true;
    private bool isEnded;
    private (int At, int Length) name;
    private (int At, int Length) rest;

    public XmlToken Token { get; private set; }

    /// <summary>The element has no content: there will be no End.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>Text of a CDATA section, without references.</summary>
    public bool IsLiteral { get; private set; }

    /// <summary>The element's name without its prefix.</summary>
    public ReadOnlySpan<byte> Name => buffer.AsSpan(name.At, name.Length);

    /// <summary>The text as it is written, or the attributes of an element.</summary>
    public ReadOnlySpan<byte> Raw => buffer.AsSpan(rest.At, rest.Length);

    /// <returns>False at the end of the document.</returns>
    /// <exception cref="InvalidDataException">No XML, or none that is read here.</exception>
    public bool Read()
    {
        if (isFirst)
            Begin();
        while (true)
        {
            if (next == filled && !Fill())
                return false;
            if (buffer[next] != (byte)'<')
                return ReadText();
            if (next + 1 == filled && !Fill())
                throw Broken("it breaks off");
            switch (buffer[next + 1])
            {
                case (byte)'!' when Follows("<!--"u8):
                    PassOver("<!--"u8.Length, "-->"u8);
                    break;
                case (byte)'!' when Follows("<![CDATA["u8):
                    int start = "<![CDATA["u8.Length;
                    int length = Find(start, "]]>"u8);
                    rest = (next + start, length);
                    next += start + length + "]]>"u8.Length;
                    (Token, IsLiteral) = (XmlToken.Text, true);
                    return true;
                case (byte)'!':
                    throw Broken("it has a document type definition");
                case (byte)'?':
                    PassOver("<?"u8.Length, "?>"u8);
                    break;
                default:
                    ReadTag();
                    return true;
            }
        }
    }

    /// <summary>Takes the next attribute off <paramref name="attributes"/>, which starts as <see cref="Raw"/>; the name without prefix.</summary>
    public static bool NextAttribute(ref ReadOnlySpan<byte> attributes, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        attributes = SkipBlanks(attributes);
        int equals = attributes.IndexOf((byte)'=');
        if (equals < 0)
        {
            name = value = default;
            return attributes.IsEmpty ? false : throw Broken("an attribute has no value");
        }
        name = attributes[..equals];
        if (equals > 1)
            name = Local(name.TrimEnd(" \t\r\n"u8));
        var after = SkipBlanks(attributes[(equals + 1)..]);
        int length = after.IsEmpty || after[0] is not ((byte)'"' or (byte)'\'') ? -1 : after[1..].IndexOf(after[0]);
        if (length < 0)
            throw Broken("an attribute has no quotes");
        value = after.Slice(1, length);
        attributes = after[(length + 2)..];
        return true;
    }

    public static InvalidDataException Broken(string why) => new($"A sheet is no XML that can be read: {why}.");

    public void Dispose()
    {
        stream.Dispose();
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        (next, filled, isEnded) = (0, 0, true);
    }

    // UTF-16 is the only other encoding a workbook may have.
    private void Begin()
    {
        isFirst = false;
        if (Follows([0xFF, 0xFE]) || Follows([(byte)'<', 0]))
            Transcode(Encoding.Unicode);
        else if (Follows([0xFE, 0xFF]) || Follows([0, (byte)'<']))
            Transcode(Encoding.BigEndianUnicode);
        else
            PassOverMark();
        if (Follows("<?xml"u8))
            CheckEncoding(buffer.AsSpan(next, "<?xml"u8.Length + Find("<?xml"u8.Length, "?>"u8)));
    }

    private void Transcode(Encoding encoding)
    {
        stream.Dispose();
        stream = Encoding.CreateTranscodingStream(open(), encoding, Encoding.UTF8);
        (next, filled, isEnded) = (0, 0, false);
        PassOverMark();
    }

    private void PassOverMark()
    {
        if (Follows([0xEF, 0xBB, 0xBF]))
            next += 3;
    }

    private static void CheckEncoding(ReadOnlySpan<byte> declaration)
    {
        var attributes = declaration["<?xml"u8.Length..];
        while (NextAttribute(ref attributes, out var name, out var value))
        {
            bool isRead = Ascii.EqualsIgnoreCase(value, "utf-8"u8) || Ascii.EqualsIgnoreCase(value, "utf-16"u8) || Ascii.EqualsIgnoreCase(value, "us-ascii"u8);
            if (name.SequenceEqual("encoding"u8) && !isRead)
                throw Broken($"its encoding is {Encoding.UTF8.GetString(value)}");
        }
    }

    private bool ReadText()
    {
        int length = buffer.AsSpan(next, filled - next).IndexOf((byte)'<');
        while (length < 0)
        {
            int seen = filled - next;
            if (!Fill())
                length = seen;
            else if (buffer.AsSpan(next + seen, filled - next - seen).IndexOf((byte)'<') is >= 0 and var more)
                length = seen + more;
        }
        rest = (next, length);
        next += length;
        (Token, IsLiteral) = (XmlToken.Text, false);
        return true;
    }

    private void ReadTag()
    {
        int length = TagLength();
        var tag = buffer.AsSpan(next, length);
        bool isEnd = tag[1] == (byte)'/';
        IsEmpty = tag[^2] == (byte)'/' && !isEnd;
        int start = isEnd ? 2 : 1;
        int stop = IsEmpty ? length - 2 : length - 1;
        int at = start;
        int colon = -1;
        for (; at < stop && tag[at] > (byte)' '; at++)
        {
            if (tag[at] == (byte)':')
                colon = at;
        }
        if (colon >= 0)
            start = colon + 1;
        if (at <= start)
            throw Broken("an element has no name");
        name = (next + start, at - start);
        rest = (next + at, stop - at);
        next += length;
        Token = isEnd ? XmlToken.End : XmlToken.Start;
    }

    // From '<' to '>', which may stand within quotes.
    private int TagLength()
    {
        byte quote = 0;
        int at = 1;
        do
        {
            var tag = buffer.AsSpan(next, filled - next);
            for (; at < tag.Length; at++)
            {
                byte b = tag[at];
                if (quote != 0)
                    quote = b == quote ? (byte)0 : quote;
                else if (b == (byte)'>')
                    return at + 1;
                else if (b is (byte)'"' or (byte)'\'')
                    quote = b;
                else if (b == (byte)'<')
                    throw Broken("a tag has no end");
            }
        }
        while (Fill());
        throw Broken("it breaks off");
    }

    private bool Follows(ReadOnlySpan<byte> text)
    {
        while (filled - next < text.Length && Fill())
        {
        }
        return buffer.AsSpan(next, filled - next).StartsWith(text);
    }

    private int Find(int start, ReadOnlySpan<byte> text)
    {
        while (true)
        {
            int length = filled - next > start ? buffer.AsSpan(next + start, filled - next - start).IndexOf(text) : -1;
            if (length >= 0)
                return length;
            if (!Fill())
                throw Broken("it breaks off");
        }
    }

    private void PassOver(int start, ReadOnlySpan<byte> end) => next += start + Find(start, end) + end.Length;

    // More bytes behind those from `next` on, which move to the front.
    private bool Fill()
    {
        if (isEnded)
            return false;
        int kept = filled - next;
        if (kept > MostBytes)
            throw Broken($"a cell or tag is longer than {MostBytes:N0} bytes");
        if (kept > buffer.Length / 2)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
            buffer.AsSpan(next, kept).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
        else
        {
            buffer.AsSpan(next, kept).CopyTo(buffer);
        }
        (next, filled) = (0, kept);
        int read = stream.Read(buffer, filled, buffer.Length - filled);
        filled += read;
        isEnded = read == 0;
        return !isEnded;
    }

    private static ReadOnlySpan<byte> SkipBlanks(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (at < text.Length && (text[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            at++;
        return text[at..];
    }

    private static ReadOnlySpan<byte> Local(ReadOnlySpan<byte> name) => name[(name.IndexOf((byte)':') + 1)..];
}
