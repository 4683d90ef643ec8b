using Clientele.Personas;
using FsCheck.Fluent;

namespace Clientele.Tests.Personas;

public sealed class RuleSearchTests
{
    [Fact]
    public void Precision_and_recall_are_those_counted_customer_by_customer() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var shop = Shop.Random(seed, 2 + (int)((uint)seed % 7));
            foreach (var persona in shop.Personas())
            {
                var (found, members, hits) = Count(shop, persona);
                Assert.InRange(persona.Rule.Conditions.Count, 0, 3);
                Assert.Equal(found, persona.Rule.Matches);
                Assert.Equal(hits / (double)found, persona.Rule.Precision, 1e-12);
                Assert.Equal(hits / (double)members, persona.Rule.Recall, 1e-12);
            }
        }).Holds();

    [Fact]
    public void A_rule_is_never_worse_than_the_best_single_threshold_that_may_stand_in_it()
    {
        var shop = Shop.Random(21, 4);
        int[] columns = [.. shop.Segmentation.ClusteredColumns];
        foreach (var persona in shop.Personas())
        {
            double best = columns.Select(c => Thresholds.Of(shop.Table, c)).SelectMany(t => t.Values.SelectMany(v => new[] { true, false }.Select(atLeast =>
            {
                int hits = 0, found = 0;
                for (int i = 0; i < shop.Table.Customers.Count; i++)
                    if (shop.Table.Values[i, t.Column] >= v == atLeast)
                    {
                        found++;
                        hits += shop.Segmentation.Labels[i] == persona.Segment - 1 ? 1 : 0;
                    }
                return 2.0 * hits / (found + persona.Customers);
            }))).Max();
            double f1 = 2 * persona.Rule.Precision * persona.Rule.Recall / (persona.Rule.Precision + persona.Rule.Recall);
            Assert.True(f1 >= best - 1e-12, $"{f1} < {best}");
        }
    }

    [Fact]
    public void A_segment_cut_out_by_two_thresholds_is_found_by_a_rule()
    {
        var shop = Shop.Random(9, 2, 2_000);
        int[] cut = [.. Enumerable.Range(0, 2_000).Select(i => shop.Table.Values[i, 0] < 30 && shop.Table.Values[i, 3] >= 500 ? 0 : 1)];
        shop = shop with { Segmentation = Shop.Segment(shop.Table, 2, cut) };

        var rule = shop.Personas()[0].Rule;

        Assert.Equal(["recency", "spend"], rule.Conditions.Select(c => c.Feature).Distinct());
        Assert.True(rule is { Precision: > 0.9, Recall: > 0.9 }, rule.Text);
    }

    private static (int Found, int Members, int Hits) Count(Shop shop, Persona persona)
    {
        int found = 0, members = 0, hits = 0;
        for (int i = 0; i < shop.Table.Customers.Count; i++)
        {
            bool member = shop.Segmentation.Labels[i] == persona.Segment - 1;
            bool match = persona.Rule.Conditions.All(c =>
                c.Holds(shop.Table.Values[i, Enumerable.Range(0, shop.Table.Columns.Count).First(j => shop.Table.Columns[j].Name == c.Feature)]));
            members += member ? 1 : 0;
            found += match ? 1 : 0;
            hits += match && member ? 1 : 0;
        }
        return (found, members, hits);
    }
}
