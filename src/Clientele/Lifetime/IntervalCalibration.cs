namespace Clientele.Lifetime;

/// <summary>Intervals, and the windows of the past that they were learned from.</summary>
/// <param name="Windows">Ascending by cut-off; may be none.</param>
/// <param name="Intervals">80 % and 95 %; empty without windows.</param>
public sealed record IntervalCalibration(IReadOnlyList<CalibrationWindow> Windows, IReadOnlyList<SpendIntervals> Intervals)
{
    private static readonly double[] Coverages = [.8, .95];
    private static readonly PurchaseContender StandIn = new(PurchaseLawName.MbgNbd);

    /// <summary>Windows whose totals differ by more than this, against what was said, move all customers together.</summary>
    private const double Drift = 1.25;
    private const int Year = 365;

    /// <summary>
    /// From what the contender would have said at earlier cut-offs, to those whose windows are over now. Where it had nothing to learn from yet, MBG/NBD ×
    /// Gamma–Gamma, which needs no past window, stands in. A window counts e^(−age/½ horizon), its age being how much earlier than the newest it was over.
    /// </summary>
    internal static IntervalCalibration Of(LifetimePast now, IContender mean, CancellationToken cancel)
    {
        List<double> actual = [], said = [], weights = [];
        var windows = new List<CalibrationWindow>();
        var (own, standIn) = (now.Said(mean, cancel), now.Said(StandIn, cancel));
        foreach (var (i, snapshot) in now.Over.Index())
        {
            if ((own[i] ?? standIn[i]) is not { } forecast)
                continue;
            double age = now.Over[^1].Until.DayNumber - snapshot.Until.DayNumber, weight = Math.Exp(-age / (snapshot.HorizonDays / 2.0));
            double[] spend = snapshot.Spend();
            actual.AddRange(spend);
            said.AddRange(forecast.Mean);
            weights.AddRange(Enumerable.Repeat(weight, spend.Length));
            windows.Add(new(snapshot.Cutoff, snapshot.Until, (own[i] is null ? StandIn : mean).Name, weight, forecast.Mean.Sum() is > 0 and var total ? spend.Sum() / total : null));
        }
        return new(windows, said.Count == 0 ? [] : [.. Coverages.Select(coverage => SpendIntervals.Calibrate(actual, said, weights, coverage))]);
    }

    /// <summary>What to know before trusting the intervals; empty as a rule.</summary>
    internal IEnumerable<string> Notes(LifetimeSnapshot today)
    {
        if (Intervals.Count == 0)
            yield break;
        if (today.Histories.Tenure.DefaultIfEmpty().Max() < Year)
            yield return "Less than a year of orders is known, so no season comes round again yet. A busy one that was never seen, such as Christmas, would carry far more than 20 of 100 customers above their 80 % intervals.";
        double[] levels = [.. Windows.Select(window => window.Level).OfType<double>()];
        if (levels.Length > 0 && levels.Max() > Drift * levels.Min())
            yield return FormattableString.Invariant(
                $"In the {levels.Length} windows that intervals were learned from, everybody together spent {levels.Min():0.00} to {levels.Max():0.00} times what had been said: all intervals may miss together, high or low.");
    }
}

/// <summary>A window of the past that told how far off forecasts are.</summary>
/// <param name="Model">Whose forecasts they were.</param>
/// <param name="Weight">Of each of its customers, above 0 … 1.</param>
/// <param name="Level">Σ spend ÷ Σ forecast; null where nothing was forecast.</param>
public sealed record CalibrationWindow(DateOnly Cutoff, DateOnly Until, string Model, double Weight, double? Level);
