using System.Globalization;
using System.Text.RegularExpressions;
using Clientele.Settings;

namespace Clientele.Sources;

/// <summary>Tells from values how dates are written.</summary>
internal static partial class DateOrderGuess
{
    /// <summary>
    /// Year first: ISO. Else the first value with a part above 12 decides: 31/12 is day-first, 12/31 month-first. Null if no value does; ISO if there is no date at all.
    /// </summary>
    public static DateOrder? Of(IEnumerable<string> values)
    {
        bool anyDate = false;
        foreach (string value in values)
        {
            if (YearFirst().IsMatch(value))
                return DateOrder.Iso;
            if (YearLast().Match(value) is not { Success: true } date)
                continue;
            anyDate = true;
            if (Part(date, 1) > 12)
                return DateOrder.DayFirst;
            if (Part(date, 2) > 12)
                return DateOrder.MonthFirst;
        }
        return anyDate ? null : DateOrder.Iso;
    }

    private static int Part(Match date, int group) => int.Parse(date.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s*[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"^\s*([0-9]{1,2})[/.-]([0-9]{1,2})[/.-][0-9]{4}")]
    private static partial Regex YearLast();
}
