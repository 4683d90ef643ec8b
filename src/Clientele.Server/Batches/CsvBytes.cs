using System.Buffers;
using System.Globalization;
using System.Text;

namespace Clientele.Server.Batches;

/// <summary>
/// Cells of our own CSV: quoted by RFC 4180; text that a spreadsheet would run as a formula is disarmed by an apostrophe. Apostrophes before such text count, so that <see cref="Armed"/> gives every text back.
/// </summary>
internal static class CsvBytes
{
    private static readonly SearchValues<byte> ToQuote = SearchValues.Create(",\"\r\n"u8);

    public static void Comma(this ArrayBufferWriter<byte> csv) => csv.Write(","u8);

    public static void End(this ArrayBufferWriter<byte> csv) => csv.Write("\n"u8);

    public static void Number(this ArrayBufferWriter<byte> csv, long number)
    {
        number.TryFormat(csv.GetSpan(24), out int written, default, CultureInfo.InvariantCulture);
        csv.Advance(written);
    }

    /// <summary>As many digits as give the number back to the bit.</summary>
    public static void Number(this ArrayBufferWriter<byte> csv, double number)
    {
        number.TryFormat(csv.GetSpan(32), out int written, default, CultureInfo.InvariantCulture);
        csv.Advance(written);
    }

    public static void Text(this ArrayBufferWriter<byte> csv, string text)
    {
        if (text.Length > 0)
            Text(csv, Encoding.UTF8.GetBytes(text));
    }

    /// <param name="utf8">What is no UTF-8 in it becomes U+FFFD.</param>
    public static void Text(this ArrayBufferWriter<byte> csv, ReadOnlySpan<byte> utf8)
    {
        if (!System.Text.Unicode.Utf8.IsValid(utf8))
            utf8 = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(utf8));
        bool isFormula = IsFormula(utf8.TrimStart((byte)'\'')), quoted = utf8.ContainsAny(ToQuote);
        if (quoted)
            csv.Write("\""u8);
        if (isFormula)
            csv.Write("'"u8);
        if (!quoted)
        {
            csv.Write(utf8);
            return;
        }
        foreach (byte b in utf8)
        {
            if (b == '"')
                csv.Write("\""u8);
            csv.Write([b]);
        }
        csv.Write("\""u8);
    }

    /// <summary>The text that was written as a cell, its quotes taken off.</summary>
    public static string Armed(string cell) => cell is ['\'', ..] && IsFormula(Encoding.UTF8.GetBytes(cell.TrimStart('\''))) ? cell[1..] : cell;

    private static bool IsFormula(ReadOnlySpan<byte> text) => text is [(byte)'=' or (byte)'+' or (byte)'@' or (byte)'\t' or (byte)'\r', ..] or [(byte)'-', not ((byte)'.' or (>= (byte)'0' and <= (byte)'9')), ..];
}
