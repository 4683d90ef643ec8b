namespace Clientele.Synthetic;

/// <summary>Two years of trading, and how busy each day of them is.</summary>
internal static class ShopCalendar
{
    public static DateTime FirstDay { get; } = new(2024, 1, 1);
    public static DateTime LastDay { get; } = new(2025, 12, 31);
    public static int Days { get; } = (LastDay - FirstDay).Days + 1;

    // Monday first; the shop is quiet on Saturdays.
    private static readonly double[] Weekday = [1, 1.05, 1.05, 1.1, 0.95, 0.45, 0.75];
    // January first: spring, a summer dip, the weeks before Christmas.
    private static readonly double[] Month = [0.6, 0.62, 0.75, 0.72, 0.8, 0.74, 0.68, 0.66, 0.85, 1, 1.35, 1.2];

    /// <summary>How busy a day is against the busiest, 0 … 1. Day 0 is the first.</summary>
    public static double Busyness(int day)
    {
        var date = FirstDay.AddDays(day);
        double closed = date is { Month: 12, Day: 25 or 26 } or { Month: 1, Day: 1 } ? 0.05 : 1;
        return closed * Weekday[((int)date.DayOfWeek + 6) % 7] * Month[date.Month - 1] / (1.1 * 1.35);
    }

    /// <summary>A day from <paramref name="first"/> to <paramref name="last"/>, busy days more often.</summary>
    public static int Draw(ref Chance chance, int first, int last)
    {
        int day = first;
        for (int attempt = 0; attempt < 20; attempt++)
        {
            day = first + chance.Below(last - first + 1);
            if (chance.Happens(Busyness(day)))
                break;
        }
        return day;
    }
}
