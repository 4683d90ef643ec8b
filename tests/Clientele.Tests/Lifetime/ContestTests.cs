using Clientele.Learning;
using Clientele.Lifetime;

namespace Clientele.Tests.Lifetime;

/// <summary>The rule of the contest, on made-up contenders whose skill is known.</summary>
public sealed class ContestTests
{
    private static readonly Horizon Month = Horizon.OfMonths(1);

    [Fact]
    public void Whoever_knows_the_spend_wins_against_the_baselines()
    {
        var result = Contest.Run(Snapshots(customers: 200), Month, [new ConstantBaseline(), new Guess("wise", noise: 1), new Guess("blind", noise: 400)]);
        Assert.Equal(("wise", "wise"), (result.Mean.Model, result.Median.Model));
        Assert.True(result.Mean.AgainstBaseline!.Upper < 0);
    }

    [Fact]
    public void A_model_that_is_better_by_chance_alone_does_not_unseat_the_baseline()
    {
        var result = Contest.Run(Snapshots(customers: 12), Month, [new Guess("baseline", noise: 50, seed: 1, isBaseline: true), new Guess("model", noise: 49, seed: 2)]);
        Assert.Equal("baseline", result.Mean.Model);
        Assert.Null(result.Mean.AgainstBaseline);
    }

    [Fact]
    public void Models_learn_only_from_windows_that_were_over()
    {
        var watcher = new Watcher();
        var result = Contest.Run(Snapshots(customers: 20), Month, [new ConstantBaseline(), watcher]);
        Assert.Equal(3, watcher.Seen.Count);
        Assert.All(watcher.Seen, seen => Assert.True(seen.Until <= seen.Now));
        Assert.DoesNotContain(new DateOnly(2020, 1, 1), result.Entries.Select(entry => entry.Cutoff));
    }

    [Fact]
    public void The_same_seed_gives_the_same_verdict_on_any_number_of_threads() =>
        Assert.Equal(Verdict(threads: 1), Verdict(threads: 4));

    [Fact]
    public void Snapshots_without_an_earlier_window_are_refused() =>
        Assert.Throws<ArgumentException>(() => Contest.Run([.. Snapshots(customers: 5).Take(1)], Month, [new ConstantBaseline()]));

    private static PairedDifference Verdict(int threads) =>
        Contest.Run(Snapshots(customers: 100), Month, [new ConstantBaseline(), new Guess("wise", noise: 1)], threads: threads).Mean.AgainstBaseline!;

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

    private sealed class Guess(string name, double noise, int seed = 3, bool isBaseline = false) : IContender
    {
        public string Name => name;
        public bool IsBaseline => isBaseline;

        public Forecast Value(IReadOnlyList<LifetimeSnapshot> past, LifetimeSnapshot now, CancellationToken cancel)
        {
            var random = new Random(seed + now.Cutoff.DayNumber);
            double[] said = [.. now.Spend().Select(value => value + noise * (2 * random.NextDouble() - 1))];
            return Forecast.Of(said, said);
        }
    }

    private sealed class Watcher : IContender
    {
        public List<(DateOnly Until, DateOnly Now)> Seen { get; } = [];
        public string Name => "watcher";
        public bool IsBaseline => false;

        public Forecast Value(IReadOnlyList<LifetimeSnapshot> past, LifetimeSnapshot now, CancellationToken cancel)
        {
            Seen.Add((past.Max(snapshot => snapshot.Until), now.Cutoff));
            return Forecast.Of(new double[now.Customers.Count], new double[now.Customers.Count]);
        }
    }
}
