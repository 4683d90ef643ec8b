using System.Globalization;

namespace Clientele.Lifetime;

/// <summary>How far ahead customers are valued: whole months of the calendar, or days.</summary>
public readonly record struct Horizon
{
    private Horizon(int months, int days) => (Months, Days) = (months, days);

    /// <summary>0 where days are counted.</summary>
    public int Months { get; }
    /// <summary>0 where months are counted.</summary>
    public int Days { get; }

    public static Horizon OfMonths(int months) => months > 0 ? new(months, 0) : throw new ArgumentOutOfRangeException(nameof(months));

    public static Horizon OfDays(int days) => days > 0 ? new(0, days) : throw new ArgumentOutOfRangeException(nameof(days));

    /// <summary>"6 months", "39 weeks", "90-days", "1 year"; at most ten years.</summary>
    public static bool TryParse(string text, out Horizon horizon)
    {
        horizon = default;
        string[] words = text.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 2 || !int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count is < 1 or > 3_652)
            return false;
        Horizon? read = words[1].TrimEnd('s') switch
        {
            "day" => new(0, count),
            "week" => new(0, 7 * count),
            "month" => new(count, 0),
            "year" => new(12 * count, 0),
            _ => null,
        };
        if (read is not { Days: <= 3_652, Months: <= 120 } known)
            return false;
        horizon = known;
        return true;
    }

    /// <summary>First day after the window that begins on <paramref name="cutoff"/>.</summary>
    public DateOnly After(DateOnly cutoff) => cutoff.AddMonths(Months).AddDays(Days);

    /// <summary>The latest cut-off whose window is over before <paramref name="until"/>.</summary>
    public DateOnly Before(DateOnly until)
    {
        var cutoff = until.AddMonths(-Months).AddDays(-Days);
        // The last days of a long month share their end with the month before.
        while (After(cutoff) > until)
            cutoff = cutoff.AddDays(-1);
        return cutoff;
    }

    public override string ToString() => (Months, Days) switch
    {
        (1, _) => "1 month",
        ( > 1, _) => $"{Months} months",
        (_, 1) => "1 day",
        _ when Days % 7 == 0 => Days == 7 ? "1 week" : $"{Days / 7} weeks",
        _ => $"{Days} days",
    };
}
