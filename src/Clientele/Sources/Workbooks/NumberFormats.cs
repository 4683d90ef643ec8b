namespace Clientele.Sources.Workbooks;

/// <summary>What a cell's number means.</summary>
public enum CellFormat : byte
{
    Number,
    Date,

    /// <summary>A time of day; with days before the point it is a date too.</summary>
    Time,

    /// <summary>Hours, minutes or seconds that may pass a day.</summary>
    Elapsed,
}

/// <summary>Tells dates and times from other numbers by their format.</summary>
/// <remarks>ECMA-376 part 1, §18.8.30 (built-in formats, of all languages) and §18.8.31 (codes).</remarks>
internal static class NumberFormats
{
    public static CellFormat BuiltIn(int id) => id switch
    {
        (>= 14 and <= 17) or 22 or (>= 27 and <= 31) or 36 or (>= 50 and <= 54) or 57 or 58 => CellFormat.Date,
        (>= 18 and <= 21) or (>= 32 and <= 35) or 45 or 47 or 55 or 56 => CellFormat.Time,
        46 => CellFormat.Elapsed,
        _ => CellFormat.Number,
    };

    /// <summary>By a code such as <c>yyyy-mm-dd</c>: letters in quotes, brackets or after an escape do not count.</summary>
    public static CellFormat Of(string code)
    {
        if (code.Equals("General", StringComparison.OrdinalIgnoreCase))
            return CellFormat.Number;
        bool hasDay = false;
        bool hasTime = false;
        bool hasMonth = false;
        for (int at = 0; at < code.Length; at++)
        {
            switch (code[at])
            {
                case '"':
                    at = End(code, '"', at);
                    break;
                case '[':
                    int end = End(code, ']', at);
                    if (IsElapsed(code.AsSpan(at + 1, Math.Max(0, end - at - 1))))
                        return CellFormat.Elapsed;
                    at = end;
                    break;
                case '\\' or '_' or '*':
                    at++;
                    break;
                case 'y' or 'Y' or 'd' or 'D':
                    hasDay = true;
                    break;
                case 'h' or 'H' or 's' or 'S':
                    hasTime = true;
                    break;
                case 'm' or 'M':
                    // Months, or minutes beside hours or seconds; the M of AM/PM too.
                    hasMonth = true;
                    break;
                case 'G' or 'g' when code.AsSpan(at).StartsWith("General", StringComparison.OrdinalIgnoreCase):
                    at += "General".Length - 1;
                    break;
            }
        }
        return hasDay || (hasMonth && !hasTime) ? CellFormat.Date : hasTime ? CellFormat.Time : CellFormat.Number;
    }

    private static bool IsElapsed(ReadOnlySpan<char> inside) =>
        !inside.IsEmpty && (inside.TrimStart("hH").IsEmpty || inside.TrimStart("mM").IsEmpty || inside.TrimStart("sS").IsEmpty);

    private static int End(string code, char mark, int at) => code.IndexOf(mark, at + 1) is >= 0 and var end ? end : code.Length;
}
