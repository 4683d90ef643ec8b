using System.Text.Json;
using FsCheck.Fluent;

namespace Clientele.Tests.Personas;

public sealed class PersonaBuilderTests
{
    [Fact]
    public void Shares_sum_to_one_and_revenue_to_the_cent() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var shop = Shop.Random(seed, 2 + (int)((uint)seed % 9));
            var personas = shop.Personas();
            Assert.Equal(1m, personas.Sum(p => p.CustomerShare));
            Assert.Equal(shop.Table.Customers.Count, personas.Sum(p => p.Customers));
            Assert.Equal(shop.Table.Revenue.Sum(), personas.Sum(p => p.Revenue!.Value));
            if (shop.Table.Revenue.Sum() > 0)
                Assert.Equal(1m, personas.Sum(p => p.RevenueShare!.Value));
            else
                Assert.All(personas, p => Assert.Null(p.RevenueShare));
        }).Holds();

    [Fact]
    public void Effects_and_quartiles_equal_those_counted_pair_by_pair()
    {
        var shop = Shop.Random(11);
        foreach (var persona in shop.Personas())
        {
            foreach (var profile in persona.Profile)
            {
                double[] own = shop.Values(profile.Column.Role, persona.Segment);
                var others = new List<double>(shop.Values(profile.Column.Role, 0));
                foreach (double value in own)
                    others.Remove(value);
                double delta = own.Average(a => others.Average(b => (double)Math.Sign(a - b)));
                Assert.Equal(delta, profile.Effect, 1e-9);
                Assert.Equal(Shop.Median(own), profile.Segment.Median, 1e-9);
                Assert.Equal(own.Average(), profile.Segment.Mean, 1e-9);
                Assert.Equal(Shop.Median(shop.Values(profile.Column.Role, 0)), profile.Everyone.Median, 1e-9);
            }
        }
    }

    [Fact]
    public void Traits_are_strongest_first_and_their_figures_point_the_way_they_say()
    {
        for (int seed = 1; seed <= 40; seed++)
            foreach (var persona in Shop.Random(seed).Personas())
            {
                Assert.InRange(persona.Traits.Count, 0, 5);
                Assert.Equal(persona.Traits.OrderByDescending(t => Math.Abs(t.Effect)), persona.Traits);
                Assert.All(persona.Traits, t => Assert.Equal(t.Direction, t.Value > t.Everyone ? "higher" : "lower"));
            }
    }

    [Fact]
    public void Examples_are_the_nearest_members_inliers_first()
    {
        var shop = Shop.Random(4);
        foreach (var persona in shop.Personas())
        {
            string[] expected = [.. Enumerable.Range(0, shop.Table.Customers.Count)
                .Where(i => shop.Segmentation.Labels[i] == persona.Segment - 1 && !shop.Segmentation.Outliers[i])
                .OrderBy(i => shop.Segmentation.Distances[i]).ThenBy(i => i).Take(5).Select(i => shop.Table.Customers[i])];
            Assert.Equal(expected, persona.Examples);
        }
    }

    [Fact]
    public void The_same_shop_gets_the_same_personas_and_they_are_plain_json()
    {
        var shop = Shop.Random(8, 6);
        string first = JsonSerializer.Serialize(shop.Personas());

        Assert.Equal(first, JsonSerializer.Serialize(shop.Personas()));
        Assert.Contains("\"Silhouette\":null", first, StringComparison.Ordinal);
        Assert.Contains("\"Effect\":", first, StringComparison.Ordinal);
    }

    [Fact]
    public void One_segment_of_everybody_is_a_persona_too()
    {
        var persona = Assert.Single(Shop.Random(2, segments: 1).Personas());
        Assert.Equal(1m, persona.CustomerShare);
        Assert.Empty(persona.Traits);
        Assert.Empty(persona.Rule.Conditions);
        Assert.Equal((1.0, 1.0), (persona.Rule.Precision, persona.Rule.Recall));
    }
}
