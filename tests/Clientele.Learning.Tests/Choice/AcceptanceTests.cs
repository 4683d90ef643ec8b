using System.Globalization;

namespace Clientele.Learning.Tests;

/// <summary>The long measurement behind <see cref="NaturalGroups"/>: run it by hand with <c>-explicit only</c>, about a minute on two cores.</summary>
public sealed class AcceptanceTests(ITestOutputHelper output)
{
    private const ulong Seed = 2026;        // not among those used while the rule was made

    [Fact(Explicit = true)]
    public void Structureless_data_get_none_and_planted_groups_their_number()
    {
        // Asked of the published gate and vote by reference/science.md G2, on data sets like these: .98 and .86.
        Assert.InRange(Share(Family.Nulls.Concat(Family.Shops), replicates: 20), .98, 1);
        Assert.InRange(Share(new[] { 3, 4, 5, 6, 8 }.SelectMany(Family.Planted), replicates: 8), .83, 1);     // .86 less a standard error and a half of 240 sets
    }

    private double Share(IEnumerable<Family> families, int replicates)
    {
        (Family Family, ulong Seed)[] sets = [.. families.SelectMany(family => Enumerable.Range(0, replicates).Select(r => (family, RandomStream.Derive(Seed, family.Clusters, r))))];
        var right = new bool[sets.Length];
        Parallel.For(0, sets.Length, i => right[i] =
            (NaturalGroups.Find(sets[i].Family.Rows(sets[i].Seed), new() { Seed = sets[i].Seed, Threads = 1 }).Clusters ?? 1) == sets[i].Family.Clusters);
        foreach (var same in sets.Zip(right).GroupBy(pair => pair.First.Family.Name))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{same.Key,-66} {same.Count(pair => pair.Second),3} of {same.Count()}"));
        double share = right.Count(yes => yes) / (double)right.Length;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{share:F3} of {right.Length}"));
        return share;
    }
}
