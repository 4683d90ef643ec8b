using Clientele.Learning;

namespace Clientele.Lifetime;

/// <param name="Entries">By cut-off, then in the order of the contenders.</param>
/// <param name="Mean">Which model's mean forecast is used.</param>
/// <param name="Median">Which model's median forecast is used; may be another one: no model is best at both.</param>
public sealed record ContestResult(IReadOnlyList<ContestEntry> Entries, ContestChoice Mean, ContestChoice Median);

/// <param name="Baseline">The best baseline by the same loss.</param>
/// <param name="AgainstBaseline">Loss of the choice − loss of the baseline; null where the choice is the baseline.</param>
/// <param name="Why">One sentence.</param>
public sealed record ContestChoice(string Model, string Baseline, PairedDifference? AgainstBaseline, string Why);

/// <summary>
/// Lets models value customers at cut-offs of the past, each learning only from what was over by then, and chooses by a stated rule:
/// 1. the model of least loss over all cut-offs (squared for means, absolute for medians);
/// 2. of those it does not beat with 95 % confidence, the one that ranks best (normalised Gini), for means;
/// 3. unless it beats the best baseline with 95 % confidence, the baseline stays.
/// Confidence comes from drawing customers, with all their cut-offs, again (windows overlap, so cut-offs are no independent trials).
/// </summary>
public static class Contest
{
    /// <param name="snapshots">Ascending by cut-off, targets complete.</param>
    /// <param name="horizon">Of the targets.</param>
    /// <exception cref="ArgumentException">No cut-off has an earlier one whose window was over.</exception>
    public static ContestResult Run(
        IReadOnlyList<LifetimeSnapshot> snapshots, Horizon horizon, IReadOnlyList<IContender> contenders, ulong seed = 42, int threads = 0,
        IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        var entries = new List<ContestEntry>();
        var losses = contenders.ToDictionary(contender => contender.Name, _ => (Squared: new List<double>(), Absolute: new List<double>()));
        var customers = new List<string>();
        foreach (var now in snapshots)
        {
            LifetimeSnapshot[] past = [.. snapshots.Where(earlier => horizon.After(earlier.Cutoff) <= now.Cutoff)];
            if (past.Length == 0)
                continue;
            customers.AddRange(now.Customers);
            double[] spend = now.Spend();
            foreach (var contender in contenders)
            {
                progress?.Report($"{now.Cutoff:yyyy-MM-dd} {contender.Name}");
                var forecast = contender.Value(past, now, cancel);
                entries.Add(ContestEntry.Of(contender.Name, now, forecast));
                losses[contender.Name].Squared.AddRange(spend.Zip(forecast.Mean, (actual, said) => (actual - said) * (actual - said)));
                losses[contender.Name].Absolute.AddRange(spend.Zip(forecast.Median, (actual, said) => Math.Abs(actual - said)));
            }
        }
        if (entries.Count == 0)
            throw new ArgumentException("No cut-off has an earlier one whose window was over.", nameof(snapshots));
        var options = new PairedComparisonOptions { Seed = seed, Threads = threads };
        int[] blocks = Blocks(customers);
        var judge = new ContestJudge(contenders, entries, (first, second) => PairedComparison.OfMeans(first, second, blocks, options, cancel));
        return new(entries, judge.Choose("squared error", name => losses[name].Squared, rank: true), judge.Choose("absolute error", name => losses[name].Absolute, rank: false));
    }

    private static int[] Blocks(List<string> customers)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. customers.Select(customer => numbers.TryGetValue(customer, out int number) ? number : numbers[customer] = numbers.Count)];
    }
}
