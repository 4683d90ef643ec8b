using System.Buffers;
using System.Globalization;
using System.Text;

namespace Clientele.Sources.Workbooks;

/// <summary>The characters a text of XML stands for.</summary>
internal static class XmlText
{
    private static readonly SearchValues<byte> Special = SearchValues.Create("&\r_"u8);

    /// <summary>Appends a text with its references, line ends and workbook escapes resolved.</summary>
    /// <param name="isLiteral">From a CDATA section: has no references.</param>
    public static void Append(ReadOnlySpan<byte> raw, bool isLiteral, ArrayBufferWriter<byte> to)
    {
        if (raw.ContainsAny(Special))
            to.Write(Encoding.UTF8.GetBytes(CellText.Unescape(Resolve(Encoding.UTF8.GetString(raw).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'), isLiteral))));
        else
            to.Write(raw);
    }

    private static string Resolve(string text, bool isLiteral)
    {
        if (isLiteral || !text.Contains('&', StringComparison.Ordinal))
            return text;
        var plain = new StringBuilder(text.Length);
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] != '&')
            {
                plain.Append(text[at]);
                continue;
            }
            int end = text.IndexOf(';', at);
            plain.Append(Reference(end < 0 ? "" : text[(at + 1)..end]));
            at = end;
        }
        return plain.ToString();
    }

    private static string Reference(string name) => name switch
    {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        ['#', 'x', .. var hex] when int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code) && Rune.IsValid(code) => new Rune(code).ToString(),
        ['#', .. var digits] when int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int code) && Rune.IsValid(code) => new Rune(code).ToString(),
        _ => throw XmlBytes.Broken($"there is no reference '&{name};'"),
    };
}
