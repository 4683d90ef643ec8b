using Clientele.Learning;
using Clientele.Lifetime;

namespace Clientele.Tests.Lifetime;

/// <summary>The rule of the contest, on made-up contenders whose skill is known.</summary>
public sealed class ContestTests
{
    [Fact]
    public void Whoever_knows_the_spend_wins_against_the_baselines()
    {
        var result = Contest.Run(new(Snapshots(customers: 200)), [new ConstantBaseline(), new Guess("wise", noise: 1), new Guess("blind", noise: 400)]);
        Assert.Equal(("wise", "wise"), (result.Mean.Model, result.Median.Model));
        Assert.True(result.Mean.AgainstBaseline!.Upper < 0);
    }

    [Fact]
    public void A_model_that_is_better_by_chance_alone_does_not_unseat_the_baseline()
    {
        var result = Contest.Run(new(Snapshots(customers: 12)), [new Guess("baseline", noise: 50, seed: 1, isBaseline: true), new Guess("model", noise: 49, seed: 2)]);
        Assert.Equal("baseline", result.Mean.Model);
        Assert.Null(result.Mean.AgainstBaseline);
    }

    [Fact]
    public void Models_learn_only_from_windows_that_were_over()
    {
        var watcher = new Watcher();
        var result = Contest.Run(new(Snapshots(customers: 20)), [new ConstantBaseline(), watcher]);
        Assert.Equal(3, watcher.Seen.Count);
        Assert.All(watcher.Seen, seen => Assert.True(seen.Until <= seen.Now && seen.Target == 0));
        Assert.DoesNotContain(new DateOnly(2020, 1, 1), result.Entries.Select(entry => entry.Cutoff));
    }

    [Fact]
    public void Whoever_has_too_little_to_learn_from_is_named_and_not_judged()
    {
        var result = Contest.Run(new(Snapshots(customers: 20)), [new ConstantBaseline(), new Shy()]);
        Assert.Equal(("shy", "There is too little."), (result.Absent.Single().Model, result.Absent.Single().Why));
        Assert.DoesNotContain("shy", result.Entries.Select(entry => entry.Model));
    }

    [Fact]
    public void The_same_seed_gives_the_same_verdict_on_any_number_of_threads() =>
        Assert.Equal(Verdict(threads: 1), Verdict(threads: 4));

    [Fact]
    public void Snapshots_without_an_earlier_window_are_refused() =>
        Assert.Throws<ArgumentException>(() => Contest.Run(new([.. Snapshots(customers: 5).Take(1)]), [new ConstantBaseline()]));

    private static PairedDifference Verdict(int threads) =>
        Contest.Run(new(Snapshots(customers: 100), threads: threads), [new ConstantBaseline(), new Guess("wise", noise: 1)]).Mean.AgainstBaseline!;

    // Four months; every customer's spend is drawn once and stays.
    private static List<LifetimeSnapshot> Snapshots(int customers)
    {
        var random = new Random(11);
        decimal[] spend = [.. Enumerable.Range(0, customers).Select(_ => Math.Round((decimal)(400 * random.NextDouble()), 2))];
        return [.. Enumerable.Range(0, 4).Select(month => new LifetimeSnapshot(
            new DateOnly(2020, 1, 1).AddMonths(month), new DateOnly(2020, 2, 1).AddMonths(month), [.. spend.Select((_, i) => $"c{i:000}")],
            new([.. spend.Select(_ => 1)], [.. spend.Select(_ => 1.0)], [.. spend.Select(_ => 9.0)]), [.. spend.Select(value => (double)value)],
            new(customers, LifetimeFeature.All.Count), [.. spend.Select(_ => 1.0)], spend))];
    }

    // Knows the spend, which stays the same, from the windows that are over; noise blurs it.
    private sealed class Guess(string name, double noise, int seed = 3, bool isBaseline = false) : IContender
    {
        public string Name => name;
        public bool IsBaseline => isBaseline;

        public ContenderFit Fit(LifetimePast past, CancellationToken cancel)
        {
            var random = new Random(seed + past.Now.Cutoff.DayNumber);
            return ContenderFit.Of(new Said([.. past.Over[0].Spend().Select(value => value + noise * (2 * random.NextDouble() - 1))]));
        }
    }

    private sealed class Watcher : IContender
    {
        public List<(DateOnly Until, DateOnly Now, decimal Target)> Seen { get; } = [];
        public string Name => "watcher";
        public bool IsBaseline => false;

        public ContenderFit Fit(LifetimePast past, CancellationToken cancel)
        {
            Seen.Add((past.Over.Max(snapshot => snapshot.Until), past.Now.Cutoff, past.Now.TargetSpend.Sum()));
            return ContenderFit.Of(new Said(new double[past.Now.Customers.Count]));
        }
    }

    private sealed class Shy : IContender
    {
        public string Name => "shy";
        public bool IsBaseline => false;

        public ContenderFit Fit(LifetimePast past, CancellationToken cancel) => ContenderFit.Without("There is too little.");
    }

    private sealed record Said(double[] Spend) : IValueModel
    {
        public Forecast Value(LifetimeSnapshot snapshot, int threads = 0, CancellationToken cancel = default) => Forecast.Of(Spend, Spend);

        public ValueContributions Explain(LifetimeSnapshot snapshot, int threads = 0, CancellationToken cancel = default) => throw new NotSupportedException();
    }
}
