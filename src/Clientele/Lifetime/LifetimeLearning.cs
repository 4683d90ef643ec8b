namespace Clientele.Lifetime;

/// <summary>Chooses by a contest on the past, learns the chosen models anew from all that is known today, and calibrates their intervals.</summary>
/// <param name="Contest">Null where no window of the past has another before it: then baselines stand in, and a note names them.</param>
/// <param name="Timeline">What was said at every cut-off of the past.</param>
public sealed record LifetimeLearning(ContestResult? Contest, LifetimeValuation Valuation, LifetimeTimeline Timeline)
{
    private static readonly double[] Coverages = [.8, .95];

    /// <param name="over">Snapshots whose windows are over by the cut-off of <paramref name="today"/>, ascending; may be none.</param>
    /// <param name="today">Everybody at the cut-off to value customers from; its targets are not looked at.</param>
    public static LifetimeLearning Learn(
        IReadOnlyList<LifetimeSnapshot> over, LifetimeSnapshot today, Horizon horizon, IReadOnlyList<IContender> contenders, ulong seed = 42, int threads = 0,
        IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        var timeline = new LifetimeTimeline(over, today, seed, threads);
        var now = timeline.At(over.Count);
        var contest = timeline.Judged.Count == 0 ? null : Lifetime.Contest.Run(timeline, contenders, progress, cancel);
        var notes = new List<string>();
        var mean = Choose(contest?.Mean.Model, new PastRateBaseline());
        var median = Choose(contest?.Median.Model, over.Count == 0 ? new PastRateBaseline() : new ConstantBaseline());
        if (contest is null)
            notes.Add($"The past holds no two windows of {horizon} after each other, so no model can be tried: means are the baseline '{mean.Name}', medians '{median.Name}'.");
        notes.AddRange(contest?.Absent.Select(absent => $"'{absent.Model}' did not take part: {absent.Why}") ?? []);
        var purchases = now.Fit(new PurchaseContender(PurchaseLawName.MbgNbd), cancel);
        if (purchases.TooLittle is { } few)
            notes.Add($"No probability of being a customer still: {few}");
        var (means, medians) = (Learned(mean), Learned(median));
        return new(contest, new(
            today.Cutoff, horizon.ToString(), means, medians, Calibrate(now, mean, cancel), purchases.Model as PurchaseModel, notes), timeline);

        IContender Choose(string? name, IContender fallback) => contenders.FirstOrDefault(contender => contender.Name == name) ?? fallback;

        ChosenModel Learned(IContender contender)
        {
            var (model, tooLittle) = now.Fit(contender, cancel);
            if (model is not null)
                return new(contender.Name, model);
            var baseline = new PastRateBaseline();
            notes.Add($"'{contender.Name}' was best in the past but can't learn today, so the baseline '{baseline.Name}' stands in: {tooLittle}");
            return new(baseline.Name, now.Fit(baseline, cancel).Model!);
        }
    }

    /// <summary>From what the contender would have said at earlier cut-offs, to those whose windows are over now.</summary>
    internal static IReadOnlyList<SpendIntervals> Calibrate(LifetimePast now, IContender mean, CancellationToken cancel)
    {
        List<double> actual = [], said = [];
        foreach (var (snapshot, forecast) in now.Over.Zip(now.Said(mean, cancel)))
            if (forecast is not null)
            {
                actual.AddRange(snapshot.Spend());
                said.AddRange(forecast.Mean);
            }
        return said.Count == 0 ? [] : [.. Coverages.Select(coverage => SpendIntervals.Calibrate(actual, said, coverage))];
    }
}
