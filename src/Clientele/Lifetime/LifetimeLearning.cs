namespace Clientele.Lifetime;

/// <summary>Chooses by a contest on the past, learns the chosen models anew from all that is known today, and calibrates their intervals.</summary>
/// <param name="Contest">Null where no window of the past has another before it: then baselines stand in, and a note names them.</param>
/// <param name="Timeline">What was said at every cut-off of the past.</param>
public sealed record LifetimeLearning(ContestResult? Contest, LifetimeValuation Valuation, LifetimeTimeline Timeline)
{
    /// <summary>A mean P(alive) above this tells nobody apart.</summary>
    private const double NobodyLeaves = .95;

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
        else if (purchases.Model is PurchaseModel { Usual.Alive: > NobodyLeaves })
            notes.Add("These orders show next to nobody leaving for good: rare buying and leaving look alike, so the chance of still being a customer is near 1 for everybody. Look at the chance of buying, and at churn risk, which is told by it.");
        var (means, medians) = (Learned(mean), Learned(median));
        // A baseline can always learn; the chosen model is what stands in for it today.
        var ranking = contest is null || contest.Ranking.Model == contest.Mean.Model ? means : Learned(Choose(contest.Ranking.Model, new PastRateBaseline()));
        var calibration = IntervalCalibration.Of(now, mean, cancel);
        notes.AddRange(calibration.Notes(today));
        return new(contest, new(today.Cutoff, horizon.ToString(), means, medians, ranking, calibration, purchases.Model as PurchaseModel, notes), timeline);

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
}
