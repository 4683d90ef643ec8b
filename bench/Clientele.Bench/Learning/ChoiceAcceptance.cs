using System.Diagnostics;
using System.Globalization;
using Clientele.Learning;
using Clientele.Learning.Tests;

namespace Clientele.Bench;

/// <summary>How often natural groups get their number, and data without groups none: reference/science.md G1, beside what libraries ship.</summary>
internal static class ChoiceAcceptance
{
    private const ulong Seed = 7101;        // not among those on which the rule was made (101, 102) or judged before (7001)

    private static readonly int[] PlantedClusters = [3, 4, 5, 6, 8];

    private sealed record Outcome(Family Family, int[] Picks, double Confidence)
    {
        public bool Right(int rule) => Picks[rule] == Family.Clusters;
    }

    /// <summary>Asked there of the rule: .98 of the structureless and .86 of the planted.</summary>
    /// <param name="part">What the names of the families begin with, bars between them; null: all.</param>
    public static Task First(int replicates, string? part)
    {
        Table("set 1", [.. Family.Nulls], [.. PlantedClusters.SelectMany(Family.Planted)], [], replicates, part);
        return Task.CompletedTask;
    }

    /// <summary>Families on which no rule was made. Asked there: .85 and .80.</summary>
    public static Task Second(int replicates, string? part)
    {
        Table("set 2", [.. Family.OtherNulls], [.. Family.OtherPlanted], [.. Family.Shops.Skip(1), Family.Counts], replicates, part);
        return Task.CompletedTask;
    }

    private static void Table(string set, Family[] nulls, Family[] planted, Family[] beside, int replicates, string? part)
    {
        long start = Stopwatch.GetTimestamp();
        var outcomes = Ask(set, [.. nulls, .. planted, .. beside], replicates, part);
        const int width = 66;
        Picks.Header($"{set}, {replicates} replicates, share right", width);
        foreach (var same in outcomes.GroupBy(outcome => outcome.Family.Name))
            Shares(same.Key, [.. same]);
        Sum("none where there is none", nulls);
        Sum("the right k of planted groups", planted);
        foreach (var same in outcomes.Where(outcome => planted.Contains(outcome.Family)).GroupBy(outcome => outcome.Family.Clusters).OrderBy(same => same.Key))
            Shares($"  k = {same.Key}", [.. same]);
        foreach (var same in outcomes.Where(outcome => planted.Contains(outcome.Family) && outcome.Picks[0] > 1).GroupBy(outcome => Math.Round(5 * outcome.Confidence) / 5).OrderBy(same => same.Key))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  of {same.Count(),5:N0} answers with confidence {same.Key:F1}: right {same.Average(outcome => outcome.Right(0) ? 1.0 : 0):F3}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {outcomes.Length:N0} data sets in {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s"));

        void Sum(string what, Family[] families)
        {
            Outcome[] some = [.. outcomes.Where(outcome => families.Contains(outcome.Family))];
            if (some.Length == 0)
                return;
            Shares($"{what} ({some.Length:N0})", some);
            History.Add($"choice of k, {set}: {what}", some.Average(outcome => outcome.Right(0) ? 1.0 : 0));
        }

        void Shares(string what, Outcome[] some) => Picks.Line(what, width, Enumerable.Range(0, Picks.Rules.Count)
            .Select(rule => Picks.Share(some.Average(outcome => outcome.Right(rule) ? 1.0 : 0))));
    }

    private static Outcome[] Ask(string set, Family[] families, int replicates, string? part)
    {
        (Family Family, ulong Seed)[] sets =
            [.. families.SelectMany((family, f) => Enumerable.Range(0, replicates).Select(r => (family, RandomStream.Derive(Seed, set[^1], f, r))))
            .Where(one => part is null || part.Split('|').Any(name => one.family.Name.StartsWith(name, StringComparison.Ordinal)))];
        var outcomes = new Outcome[sets.Length];
        Workers.Run(sets.Length, 0, i =>
        {
            var (family, seed) = sets[i];
            var found = NaturalGroups.Find(family.Rows(seed), new() { Seed = seed, Threads = 1 });
            outcomes[i] = new(family, Picks.Of(found), found.Confidence);
        });
        return outcomes;
    }
}
