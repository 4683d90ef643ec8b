namespace Clientele.Sources;

/// <summary>The usual forms of quantity, price and date. What they take, <c>read.sql</c> takes too and the same; the rest is its own.</summary>
internal static class PlainNumbers
{
    private const int MostDigits = 11;
    private const int Decimals = 4;

    /// <summary>6 or -6.</summary>
    public static bool Whole(ReadOnlySpan<byte> text, out long value)
    {
        bool isNegative = text.Length > 0 && text[0] == '-';
        bool isWhole = Digits(isNegative ? text[1..] : text, out value);
        value = isNegative ? -value : value;
        return isWhole;
    }

    /// <summary>12, 12.5 or -12.3456, in ten-thousandths.</summary>
    public static bool Money(ReadOnlySpan<byte> text, out long value)
    {
        bool isNegative = text.Length > 0 && text[0] == '-';
        if (isNegative)
            text = text[1..];
        int point = text.IndexOf((byte)'.');
        var after = point < 0 ? [] : text[(point + 1)..];
        long fraction = 0;
        if (!Digits(point < 0 ? text : text[..point], out value) || after.Length > Decimals || (point >= 0 && !Digits(after, out fraction)))
            return false;
        for (int missing = after.Length; missing < Decimals; missing++)
            fraction *= 10;
        value = value * 10_000 + fraction;
        value = isNegative ? -value : value;
        return true;
    }

    /// <summary>2011-12-31 23:59:00, from 1970 on, in seconds since then. Only days that exist.</summary>
    public static bool Moment(ReadOnlySpan<byte> text, out uint seconds)
    {
        seconds = 0;
        if (text.Length != 19 || text[4] != '-' || text[7] != '-' || text[10] != ' ' || text[13] != ':' || text[16] != ':'
            || !Digits(text[..4], out long year) || !Digits(text[5..7], out long month) || !Digits(text[8..10], out long day)
            || !Digits(text[11..13], out long hour) || !Digits(text[14..16], out long minute) || !Digits(text[17..], out long second)
            || year is < 1970 or > 2105 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth((int)year, (int)month) || hour > 23 || minute > 59 || second > 59)
            return false;
        long days = new DateOnly((int)year, (int)month, (int)day).DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
        seconds = (uint)(((days * 24 + hour) * 60 + minute) * 60 + second);
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        foreach (byte digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            value = value * 10 + (digit - '0');
        }
        return text.Length is > 0 and <= MostDigits;
    }
}
