using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Clientele.Sources.Workbooks;

/// <summary>Values of cells as text, as they would stand in a CSV file: dates year first, to the second.</summary>
internal static class CellText
{
    /// <summary>Bytes that hold any number or date.</summary>
    public const int Room = 64;

    private const double DaysTo1904 = 1462;
    private const double LastDay = 2_958_465.99999; // the last second of 9999

    /// <summary>A number as the file writes it. What is no number stays as it is.</summary>
    /// <param name="to">At least <see cref="Room"/> bytes, or as many as the value.</param>
    /// <returns>Bytes written.</returns>
    public static int Number(ReadOnlySpan<byte> value, CellFormat format, bool is1904, Span<byte> to)
    {
        if (format == CellFormat.Number && IsShortest(value))
        {
            value.CopyTo(to);
            return value.Length;
        }
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
        {
            value.CopyTo(to);
            return value.Length;
        }
        return Serial(number, format, is1904, to) is > 0 and var length ? length : Plain(number, to);
    }

    /// <summary>A date of ISO 8601; another text stays as it is.</summary>
    public static string IsoDate(string value) =>
        DateTime.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time) && value.Length >= "yyyy-MM-dd".Length && value[4] == '-'
            ? ToSecond(time).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
            : value;

    /// <summary>Undoes <c>_xHHHH_</c>, by which a workbook writes characters that XML can't hold.</summary>
    public static string Unescape(string text)
    {
        int at = text.IndexOf("_x", StringComparison.Ordinal);
        if (at < 0)
            return text;
        var plain = new StringBuilder(text.Length);
        int copied = 0;
        for (; at >= 0; at = text.IndexOf("_x", at, StringComparison.Ordinal))
        {
            if (at + 6 < text.Length && text[at + 6] == '_' && ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
            {
                plain.Append(text, copied, at - copied).Append((char)code);
                copied = at += 7;
            }
            else
            {
                at += 2;
            }
        }
        return plain.Append(text, copied, text.Length - copied).ToString();
    }

    // Digits of a double as .NET would print them: at most 15, no zeros too many, no exponent.
    private static bool IsShortest(ReadOnlySpan<byte> value)
    {
        if (value.Length is 0 or > 15)
            return false;
        var digits = value[0] == (byte)'-' ? value[1..] : value;
        int point = digits.IndexOf((byte)'.');
        var whole = point < 0 ? digits : digits[..point];
        var part = point < 0 ? default : digits[(point + 1)..];
        if (whole.IsEmpty || whole.ContainsAnyExceptInRange((byte)'0', (byte)'9') || part.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;
        if (point >= 0 && (part.IsEmpty || part[^1] == (byte)'0'))
            return false;
        return whole[0] != (byte)'0' || (whole.Length == 1 && (part.IsEmpty ? digits.Length == value.Length : part[0] != (byte)'0'));
    }

    private static int Plain(double number, Span<byte> to)
    {
        int length;
        if (Math.Floor(number) == number && Math.Abs(number) < 1e15)
            Utf8Formatter.TryFormat((long)number, to, out length);
        else
            number.TryFormat(to, out length, default, CultureInfo.InvariantCulture);
        return length;
    }

    // 0 bytes if it is no date.
    private static int Serial(double number, CellFormat format, bool is1904, Span<byte> to)
    {
        if (format == CellFormat.Number || number < 0)
            return 0;
        int length = 0;
        if (format == CellFormat.Elapsed && number < LastDay)
        {
            long seconds = (long)Math.Floor((number * 86_400) + .5);
            Utf8.TryWrite(to, CultureInfo.InvariantCulture, $"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}", out length);
            return length;
        }
        if (format == CellFormat.Time && number < 1)
        {
            TimeOnly.MinValue.Add(Rounded(number)).TryFormat(to, out length, "HH:mm:ss", CultureInfo.InvariantCulture);
            return length;
        }
        double days = is1904 ? number + DaysTo1904 : number < 60 ? number + 1 : number;
        if (days >= LastDay)
            return 0;
        // 'u' ends with a Z that is not meant here.
        return new DateTime(1899, 12, 30).Add(Rounded(days)).TryFormat(to, out length, "u", CultureInfo.InvariantCulture) ? length - 1 : 0;
    }

    // Serial days are rounded to the millisecond first, as spreadsheets do: 07:44:59.9999 is 07:45.
    private static TimeSpan Rounded(double days) => TimeSpan.FromSeconds((((long)((days * 86_400_000) + .5)) + 500) / 1000);

    private static DateTime ToSecond(DateTime time) => new DateTime((time.Ticks + (TimeSpan.TicksPerSecond / 2)) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond);
}
