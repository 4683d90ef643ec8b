namespace Clientele.Settings;

/// <summary>The order in which a source writes the parts of a date.</summary>
public enum DateOrder
{
    Iso,
    DayFirst,
    MonthFirst,
}
