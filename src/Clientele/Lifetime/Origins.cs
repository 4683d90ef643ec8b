namespace Clientele.Lifetime;

/// <summary>The cut-offs that models learn from and are tried on: a month apart, latest last. A window may overlap the next; it never reaches past the data.</summary>
public static class Origins
{
    /// <summary>Most cut-offs that are taken; older ones teach of another time.</summary>
    private const int Most = 24;

    /// <summary>Days that must lie before a cut-off: a model has to have something to look at.</summary>
    public const int LeastHistory = 90;

    /// <param name="first">First day of the data.</param>
    /// <param name="last">Last day of the data.</param>
    /// <returns>Ascending; empty when the data are shorter than history and horizon together.</returns>
    public static IReadOnlyList<DateOnly> Choose(DateOnly first, DateOnly last, Horizon horizon)
    {
        var latest = horizon.Before(last.AddDays(1));
        return [.. Enumerable.Range(0, Most).Select(month => latest.AddMonths(-month)).TakeWhile(cutoff => cutoff >= first.AddDays(LeastHistory)).Reverse()];
    }

    /// <summary>
    /// Fewer cut-offs, for when time is short: models are tried at <paramref name="tries"/> of them, spread over the last window that is over, and learn from
    /// as many in the window before.
    /// </summary>
    /// <param name="tries">≥ 1.</param>
    /// <inheritdoc cref="Choose"/>
    public static IReadOnlyList<DateOnly> Few(DateOnly first, DateOnly last, Horizon horizon, int tries)
    {
        var all = Choose(first, last, horizon);
        int window = all.Count(cutoff => horizon.After(cutoff) > all[^1]);
        return [.. all.Where((_, i) => (all.Count - 1 - i) % Math.Max(1, (window + tries - 1) / tries) == 0 && all.Count - 1 - i < 2 * window)];
    }

    /// <summary>Those of <paramref name="origins"/> whose window was over at <paramref name="cutoff"/>: what a model that is used then may learn from.</summary>
    public static IEnumerable<DateOnly> Known(IEnumerable<DateOnly> origins, DateOnly cutoff, Horizon horizon) =>
        origins.Where(origin => horizon.After(origin) <= cutoff);
}
