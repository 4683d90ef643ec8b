using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Clientele.Settings;

namespace Clientele.Sources;

/// <summary>Reads the cells of one order line in every form that <c>read.sql</c> takes, and the same. Blanks around a cell are gone already; what is too large is for the reader of whole lines to say.</summary>
internal static partial class OrderText
{
    private const int MostWhole = 12, MostBeforePoint = 14, Decimals = 4;

    /// <summary>17850.0 is how a spreadsheet writes 17850.</summary>
    public static ReadOnlySpan<byte> Customer(ReadOnlySpan<byte> text) =>
        text.Length > 2 && text.EndsWith(".0"u8) && !text[..^2].ContainsAnyExceptInRange((byte)'0', (byte)'9') ? text[..^2] : text;

    /// <summary>6, -6, +6, or 6.0: whole, of at most 12 digits.</summary>
    public static bool Quantity(ReadOnlySpan<byte> text, out long units)
    {
        if (PlainNumbers.Whole(text, out units))
            return true;
        int point = text.IndexOf((byte)'.');
        if (point < 0 ? text.Length > MostWhole : text[(point + 1)..].ContainsAnyExcept((byte)'0'))
            return false;
        bool isNegative = Sign(ref text);
        var digits = point < 0 ? text : text[..text.IndexOf((byte)'.')];
        bool isWhole = Digits(digits, MostWhole, out units);
        units = isNegative ? -units : units;
        return isWhole;
    }

    /// <summary>12, -12.5, +.5, 5., 12.345678 (half away from zero at the fourth decimal) or 1.2e3.</summary>
    public static bool Money(ReadOnlySpan<byte> text, out decimal amount)
    {
        bool isMoney = PlainNumbers.Money(text, out long units) || Long(text, out units) || Float(text, out units);
        amount = new decimal(units) / 10_000;
        return isMoney;
    }

    /// <summary>A day, with a time or without, from 1970 to 2105; what zone it says does not move it.</summary>
    /// <param name="order">How texts are written; with the year first they may be in any case.</param>
    public static bool Moment(ReadOnlySpan<byte> text, DateOrder order, out DateTime moment)
    {
        if (PlainNumbers.Moment(text, out uint seconds))
        {
            moment = DateTime.UnixEpoch.AddSeconds(seconds);
            return true;
        }
        moment = default;
        string date = Encoding.UTF8.GetString(text);
        var parts = YearFirst().Match(date);
        if (!parts.Success && order != DateOrder.Iso)
            parts = YearLast().Match(date);
        if (!parts.Success)
            return false;
        bool isDayFirst = parts.Groups["year"].Index > 0 && order == DateOrder.DayFirst;
        var (year, month, day) = (Part(parts, "year"), Part(parts, isDayFirst ? "second" : "first"), Part(parts, isDayFirst ? "first" : "second"));
        var (hour, minute, after) = (Part(parts, "hour"), Part(parts, "minute"), Part(parts, "after"));
        if (year is < 1970 or > 2105 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || after > 59)
            return false;
        moment = new(year, month, day, hour, minute, after, DateTimeKind.Utc);
        return true;
    }

    private static int Part(Match parts, string name) => parts.Groups[name] is { Success: true } part ? int.Parse(part.ValueSpan, CultureInfo.InvariantCulture) : 0;

    // In ten-thousandths: any number of decimals, of which the fifth says where to round.
    private static bool Long(ReadOnlySpan<byte> text, out long units)
    {
        bool isNegative = Sign(ref text);
        int point = text.IndexOf((byte)'.');
        var before = point < 0 ? text : text[..point];
        var after = point < 0 ? [] : text[(point + 1)..];
        units = 0;
        if ((before.IsEmpty ? after.IsEmpty : !Digits(before, MostBeforePoint, out units)) || after.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;
        for (int i = 0; i < Decimals; i++)
            units = units * 10 + (i < after.Length ? after[i] - '0' : 0);
        units += after.Length > Decimals && after[Decimals] >= '5' ? 1 : 0;
        units = isNegative ? -units : units;
        return true;
    }

    private static bool Float(ReadOnlySpan<byte> text, out long units)
    {
        units = 0;
        if (text.IndexOfAny((byte)'e', (byte)'E') < 0 || !WithExponent().IsMatch(Encoding.UTF8.GetString(text)) || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || Math.Abs(value) >= 1e14)
            return false;
        units = (long)((value + (text[0] == '-' ? -0.00005 : 0.00005)) * 10_000);
        return true;
    }

    // Takes a sign away.
    private static bool Sign(ref ReadOnlySpan<byte> text)
    {
        bool isNegative = !text.IsEmpty && text[0] == '-';
        text = isNegative || (!text.IsEmpty && text[0] == '+') ? text[1..] : text;
        return isNegative;
    }

    private static bool Digits(ReadOnlySpan<byte> text, int most, out long value)
    {
        value = 0;
        if (text.IsEmpty || text.Length > most || text.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;
        foreach (byte digit in text)
            value = value * 10 + (digit - '0');
        return true;
    }

    private const string Time = "(?:[T ] *(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(?::(?<after>[0-9]{2})(?:[.,][0-9]+)?)?(?: ?(?:Z|UTC|[+-][0-9]{2}:?[0-9]{2}))?)?\\z";

    [GeneratedRegex("^(?<year>[0-9]{4})-(?<first>[0-9]{1,2})-(?<second>[0-9]{1,2})" + Time)]
    private static partial Regex YearFirst();
    [GeneratedRegex("^(?<first>[0-9]{1,2})[/.-](?<second>[0-9]{1,2})[/.-](?<year>[0-9]{4})" + Time)]
    private static partial Regex YearLast();
    [GeneratedRegex("^[+-]?[0-9]{1,14}([.][0-9]+)?[eE][+-]?[0-9]{1,2}\\z")]
    private static partial Regex WithExponent();
}
