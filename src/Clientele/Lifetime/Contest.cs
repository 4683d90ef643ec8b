using Clientele.Learning;

namespace Clientele.Lifetime;

/// <param name="Entries">By cut-off, then in the order of the contenders.</param>
/// <param name="Mean">Which model's mean forecast is used.</param>
/// <param name="Median">Which model's median forecast is used; may be another one: no model is best at both.</param>
/// <param name="Ranking">Whose mean forecast puts customers in order: the chosen one's where it ranks better than the best baseline, else that baseline's.</param>
/// <param name="Verdicts">The choice against the best baseline and the published form, by every figure: where it is not better with 95 % confidence, that stands there.</param>
/// <param name="Absent">Contenders that had too little to learn from at some cut-off.</param>
public sealed record ContestResult(IReadOnlyList<ContestEntry> Entries, ContestChoice Mean, ContestChoice Median, ContestChoice Ranking, IReadOnlyList<ContestVerdict> Verdicts, IReadOnlyList<AbsentContender> Absent);

/// <param name="Baseline">The best baseline by the same loss.</param>
/// <param name="AgainstBaseline">Loss of the choice − loss of the baseline; null where the choice is the baseline.</param>
/// <param name="Why">One sentence.</param>
public sealed record ContestChoice(string Model, string Baseline, PairedDifference? AgainstBaseline, string Why);

/// <param name="Why">One sentence.</param>
public sealed record AbsentContender(string Model, DateOnly Cutoff, string Why);

/// <summary>
/// Lets models value customers at cut-offs of the past, each learning only from what was over by then, and chooses by a stated rule:
/// 1. who does not beat the best baseline with 95 % confidence (squared error for means, absolute for medians) is out; if all are, the baseline stays;
/// 2. of the rest the one of least error, but for means
/// 3. of those that it does not beat with 95 % confidence, the one that ranks customers best (normalised Gini);
/// 4. customers are put in order by it if it ranks better than the best baseline with 95 % confidence, else by that baseline.
/// Confidence comes from drawing customers, with all their cut-offs, again (windows overlap, so cut-offs are no independent trials).
/// </summary>
public static class Contest
{
    /// <exception cref="ArgumentException">No cut-off has an earlier one whose window was over, or no baseline could take part.</exception>
    public static ContestResult Run(
        LifetimeTimeline timeline, IReadOnlyList<IContender> contenders, IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        if (timeline.Judged.Count == 0)
            throw new ArgumentException("No cut-off has an earlier one whose window was over.", nameof(timeline));
        var absent = new List<AbsentContender>();
        var present = contenders.Where(contender => TakesPart(timeline, contender, absent, progress, cancel)).ToList();
        var entries = new List<ContestEntry>();
        var losses = present.ToDictionary(contender => contender.Name, _ => (Squared: new List<double>(), Absolute: new List<double>()));
        var customers = new List<string>();
        foreach (int at in timeline.Judged)
        {
            var now = timeline.Snapshots[at];
            customers.AddRange(now.Customers);
            double[] spend = now.Spend();
            foreach (var contender in present)
            {
                var forecast = timeline.Forecast(contender, at, cancel)!;
                entries.Add(ContestEntry.Of(contender.Name, now, forecast));
                losses[contender.Name].Squared.AddRange(spend.Zip(forecast.Mean, (actual, said) => (actual - said) * (actual - said)));
                losses[contender.Name].Absolute.AddRange(spend.Zip(forecast.Median, (actual, said) => Math.Abs(actual - said)));
            }
        }
        var options = new PairedComparisonOptions { Seed = timeline.Seed, Threads = timeline.Threads };
        int[] blocks = Blocks(customers);
        var judge = new ContestJudge(present, entries, (first, others) => PairedComparison.OfMeans(first, others, blocks, options, cancel));
        var mean = judge.Choose("squared error", name => losses[name].Squared, rank: true);
        var median = judge.Choose("absolute error", name => losses[name].Absolute, rank: false);
        var verdicts = new ContestVerdicts(
            [.. timeline.Judged.Select(at => (timeline.Snapshots[at], (IReadOnlyDictionary<string, Forecast>)present.ToDictionary(c => c.Name, c => timeline.Forecast(c, at, cancel)!)))],
            timeline.Seed, timeline.Threads).Of(
            figure => figure == ContestFigure.MedianAbsolute ? median.Model : mean.Model, [.. present.Where(c => c.IsBaseline).Select(c => c.Name)],
            [.. present.Select(c => c.Name).Where(name => name == LinearValueModel.Name)], cancel);
        return new(entries, mean, median, Ranking(mean, verdicts), verdicts, absent);
    }

    private static ContestChoice Ranking(ContestChoice mean, IReadOnlyList<ContestVerdict> verdicts) =>
        verdicts.FirstOrDefault(verdict => verdict.Figure == ContestFigure.Gini && verdict.Rival != LinearValueModel.Name) is not { } verdict
            ? new(mean.Model, mean.Model, null, "No baseline ranks customers better.")
            : new(verdict.Kept, verdict.Rival, verdict.Difference, verdict.Better
                ? $"It ranks customers better than the best baseline, '{verdict.Rival}', with 95 % confidence."
                : $"'{verdict.Model}' does not rank customers better than this baseline with 95 % confidence: it stays.");

    // Whoever has too little to learn from at one cut-off is judged at none: all are compared on the same customers.
    private static bool TakesPart(
        LifetimeTimeline timeline, IContender contender, List<AbsentContender> absent, IProgress<string>? progress, CancellationToken cancel)
    {
        foreach (int at in timeline.Judged)
        {
            progress?.Report($"{contender.Name} at {timeline.Snapshots[at].Cutoff:yyyy-MM-dd}");
            if (timeline.Fit(contender, at, cancel).TooLittle is not { } why)
            {
                timeline.Forecast(contender, at, cancel);
                continue;
            }
            absent.Add(new(contender.Name, timeline.Snapshots[at].Cutoff, why));
            return false;
        }
        return true;
    }

    private static int[] Blocks(List<string> customers)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. customers.Select(customer => numbers.TryGetValue(customer, out int number) ? number : numbers[customer] = numbers.Count)];
    }
}
