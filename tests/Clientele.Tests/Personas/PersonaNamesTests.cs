using Clientele.Features;
using Clientele.Personas;

namespace Clientele.Tests.Personas;

public sealed class PersonaNamesTests
{
    [Fact]
    public void Ten_segments_get_ten_names_ten_epithets_and_ten_first_names()
    {
        for (int seed = 1; seed <= 60; seed++)
        {
            string[] names = [.. Shop.Random(seed, 10).Personas().Select(p => p.Name)];
            Assert.Equal(10, names.Distinct().Count());
            Assert.Equal(10, names.Select(n => n.Split(' ')[0]).Distinct().Count());
            Assert.Equal(10, names.Select(n => n.Split(' ')[1]).Distinct().Count());
        }
    }

    [Fact]
    public void Epithet_and_first_name_begin_alike() =>
        Assert.All(Enumerable.Range(1, 40).SelectMany(seed => Shop.Random(seed, 8).Personas()),
            p => Assert.Equal(p.Name[0], p.Name[p.Name.IndexOf(' ', StringComparison.Ordinal) + 1]));

    [Fact]
    public void Two_workspaces_get_different_names()
    {
        var shop = Shop.Random(7, 6);
        var names = shop.Personas("North").Select(p => p.Name).ToArray();

        Assert.Equal(names, shop.Personas("North").Select(p => p.Name));
        Assert.NotEqual(names, shop.Personas("South").Select(p => p.Name));
        Assert.NotEqual(names, shop.Personas("North", seed: 43).Select(p => p.Name));
        Assert.NotEqual(names, Shop.Random(8, 6).Personas("North").Select(p => p.Name));
    }

    [Fact]
    public void Segments_that_are_all_alike_still_get_names_of_their_own()
    {
        var shop = Shop.Random(1, 10);
        int[] dealt = [.. shop.Segmentation.Labels.Select((_, i) => i % 10)];
        shop = shop with { Segmentation = Shop.Segment(shop.Table, 10, dealt) };
        Assert.Equal(10, shop.Personas().Select(p => p.Name).Distinct().Count());
    }

    [Fact]
    public void Every_epithet_has_first_names_to_go_with_it() =>
        Assert.All(Archetypes.All.Append(Archetypes.Plain).SelectMany(a => a.Epithets), epithet => Assert.True(FirstNames.StartingWith(epithet[0]).Count >= 5, epithet));

    [Fact]
    public void No_word_and_no_first_name_is_listed_twice()
    {
        string[] epithets = [.. Archetypes.All.Append(Archetypes.Plain).SelectMany(a => a.Epithets)];
        Assert.Equal(epithets.Distinct(), epithets);
        Assert.Equal(FirstNames.All.Distinct(), FirstNames.All);
        Assert.Equal(Archetypes.All.Count, Archetypes.All.Select(a => a.Id).Distinct().Count());
    }

    [Theory]
    [InlineData("one-time", "newcomer", "taster", "one-off-splurge")]
    public void Only_segments_that_mostly_bought_once_are_named_after_it(params string[] archetypes)
    {
        for (int seed = 1; seed <= 80; seed++)
        {
            var shop = Shop.Random(seed, 8);
            Assert.All(shop.Personas().Where(p => archetypes.Contains(p.Archetype)),
                p => Assert.True(shop.Values(FeatureRole.Invoices, p.Segment).Average(o => o <= 1 ? 1.0 : 0) >= 0.6));
        }
    }

    [Fact]
    public void The_assignment_is_the_best_of_all_permutations()
    {
        var chance = new Random(5);
        for (int round = 0; round < 200; round++)
        {
            var gains = new double[4, 6];
            for (int r = 0; r < 4; r++)
                for (int c = 0; c < 6; c++)
                    gains[r, c] = chance.Next(-3, 10);
            int[] best = Assignment.Best(gains);
            Assert.Equal(4, best.Distinct().Count());
            Assert.Equal(Highest(gains, 0, []), Enumerable.Range(0, 4).Sum(r => gains[r, best[r]]), 1e-9);
        }
    }

    private static double Highest(double[,] gains, int row, int[] taken) => row == gains.GetLength(0) ? 0
        : Enumerable.Range(0, gains.GetLength(1)).Except(taken).Max(c => gains[row, c] + Highest(gains, row + 1, [.. taken, c]));
}
