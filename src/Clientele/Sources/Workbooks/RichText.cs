using System.Buffers;

namespace Clientele.Sources.Workbooks;

/// <summary>What a cell or shared string says: its value (v) or the texts of its runs (t) one after another, without formulas and phonetic hints.</summary>
internal static class RichText
{
    /// <param name="xml">Stands on the start of the element; afterwards on its end.</param>
    /// <param name="element">The element's name.</param>
    public static void Append(XmlBytes xml, ReadOnlySpan<byte> element, ArrayBufferWriter<byte> to)
    {
        bool isPhonetic = false;
        bool isText = false;
        while (xml.Read())
        {
            if (xml.Token == XmlToken.Text)
            {
                if (isText)
                    XmlText.Append(xml.Raw, xml.IsLiteral, to);
                continue;
            }
            bool isStart = xml.Token == XmlToken.Start;
            if (xml.Name is [(byte)'v' or (byte)'t'])
            {
                if (isText == isStart && !isPhonetic)
                    throw XmlBytes.Broken("its elements overlap");
                isText = isStart && !xml.IsEmpty && !isPhonetic;
            }
            else if (xml.Name.SequenceEqual(element))
            {
                if (isText || isStart)
                    throw XmlBytes.Broken("its elements overlap");
                return;
            }
            else if (xml.Name.SequenceEqual("rPh"u8))
            {
                isPhonetic = isStart && !xml.IsEmpty;
            }
        }
        throw XmlBytes.Broken("it breaks off");
    }
}
