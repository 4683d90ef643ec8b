namespace Clientele.Lifetime;

/// <summary>How busy a window will be against the average day of the year, as it was a year before.</summary>
internal static class Season
{
    public const int Year = 365;

    /// <summary>Fewer days of two years side by side tell nothing of growth.</summary>
    private const int LeastDays = 90;
    private const double Most = 3, MostGrowth = 4;

    /// <summary>
    /// Orders a day in the window a year before ÷ orders a day in the whole year, all as if the shop were as large as today; 1 with less than a year of data, and never beyond a third
    /// or three times. A shop that won customers all year has fewer orders early in it, and that is no season.
    /// </summary>
    /// <param name="orders">By age: place a is the day a days before the cut-off; place 0 is empty, the last is the first day of the data.</param>
    /// <param name="days">Of the window.</param>
    /// <param name="shift">Days from the cut-off to the window's first; a year on, the year is the same.</param>
    public static double Of(ReadOnlySpan<long> orders, int days, int shift = 0)
    {
        if (orders.Length <= Year || days >= Year)
            return 1;
        double growth = Math.Log(Growth(orders)) / Year, year = 0, window = 0;
        for (int age = 1; age <= Year; age++)
        {
            double asToday = orders[age] * Math.Exp(growth * age);
            year += asToday;
            if (((Year - age - shift) % Year + Year) % Year < days)
                window += asToday;
        }
        return year > 0 ? Math.Clamp(window / days / (year / Year), 1 / Most, Most) : 1;
    }

    /// <summary>Orders of the newest days ÷ orders of the same days a year before, as many as two years share; 1 where that is under <see cref="LeastDays"/>.</summary>
    public static double Growth(ReadOnlySpan<long> orders)
    {
        int days = Math.Min(orders.Length - 1 - Year, Year);
        if (days < LeastDays)
            return 1;
        double now = Sum(orders, 1, days), before = Sum(orders, Year + 1, Year + days);
        return now > 0 && before > 0 ? Math.Clamp(now / before, 1 / MostGrowth, MostGrowth) : 1;
    }

    private static long Sum(ReadOnlySpan<long> orders, int from, int to)
    {
        long sum = 0;
        for (int age = from; age <= to; age++)
            sum += orders[age];
        return sum;
    }
}
