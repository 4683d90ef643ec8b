using Clientele.Engines;
using Clientele.Settings;

namespace Clientele.Sources;

/// <summary>How a date is divided into year, month, day, hour, minute and second.</summary>
/// <remarks>
/// Iso: 2011-12-31, with 23:59, 23:59:00 or 23:59:00.123 after a blank or T. Day and month first: 31/12/2011, 31-12-2011, 31.12.2011, with a time likewise.
/// Years have four digits. A zone at the end (Z, +01:00) is passed over: times are the source's own wall time.
/// </remarks>
internal static class DateShape
{
    private const string Time = @"(?:[T ] *(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?: ?(?:Z|UTC|[+-]\d{2}:?\d{2}))?)?$";

    /// <summary>Adds the values of <c>read.sql</c> that say how dates are written.</summary>
    /// <param name="isTyped">True if the file has date cells of its own: these come year first whatever the order of texts.</param>
    public static SqlParameters AddTo(SqlParameters values, DateOrder order, bool isTyped)
    {
        var (pattern, year, month, day) = order switch
        {
            DateOrder.DayFirst => (@"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})" + Time, 3, 2, 1),
            DateOrder.MonthFirst => (@"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})" + Time, 3, 1, 2),
            _ => (@"^(\d{4})-(\d{1,2})-(\d{1,2})" + Time, 1, 2, 3),
        };
        return values.Add("date_pattern", pattern).Add("year", year).Add("month", month).Add("day", day).Add("year_first", isTyped || order == DateOrder.Iso);
    }
}
