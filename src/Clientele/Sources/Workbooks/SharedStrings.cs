using System.Buffers;

namespace Clientele.Sources.Workbooks;

/// <summary>The texts that cells refer to by number, as UTF-8.</summary>
internal sealed class SharedStrings
{
    private readonly ArrayBufferWriter<byte> text = new();
    private readonly List<int> ends = [0];

    public int Count => ends.Count - 1;

    public ReadOnlySpan<byte> this[int index] => text.WrittenSpan[ends[index]..ends[index + 1]];

    /// <exception cref="InvalidDataException">No XML that can be read, or it breaks off.</exception>
    public static SharedStrings Read(Func<Stream> open)
    {
        var strings = new SharedStrings();
        using var xml = new XmlBytes(open);
        while (xml.Read())
        {
            if (xml.Token == XmlToken.End && xml.Name.SequenceEqual("sst"u8))
                return strings;
            if (xml.Token != XmlToken.Start || !xml.Name.SequenceEqual("si"u8))
            {
                if (xml.Token == XmlToken.Start && xml.IsEmpty && xml.Name.SequenceEqual("sst"u8))
                    return strings;
                continue;
            }
            if (!xml.IsEmpty)
                RichText.Append(xml, "si"u8, strings.text);
            strings.ends.Add(strings.text.WrittenCount);
        }
        throw XmlBytes.Broken("it breaks off");
    }
}
