using Clientele.Lifetime;
using FsCheck.Fluent;

namespace Clientele.Tests.Lifetime;

/// <summary>Whatever happens after a cut-off: no model that values customers at it notices.</summary>
public sealed class LeakTests
{
    private static readonly DateOnly First = new(2021, 6, 1), Cutoff = First.AddMonths(7);
    private static readonly MadeUpShop Shop = MadeUpShop.Open(customers: 250, days: 500);

    public static TheoryData<string> Names => [.. Contenders.All().Select(contender => contender.Name)];

    [Theory, MemberData(nameof(Names))]
    public void No_later_order_changes_a_forecast(string name)
    {
        var before = Said(Shop, name);
        Prop.ForAll(Gen.Elements("shuffled", "deleted", "multiplied", "moved").ToArbitrary(), Gen.Choose(1, 1_000).ToArbitrary(), (how, seed) =>
        {
            var after = Said(Change(how, seed), name);
            Assert.Equal(before.Mean, after.Mean);
            Assert.Equal(before.Median, after.Median);
        }).Holds(cases: 4);
    }

    private static MadeUpShop Change(string how, int seed)
    {
        var (known, later) = (Shop.Days.Where(d => d.Day < Cutoff).ToList(), Shop.Days.Where(d => d.Day >= Cutoff).ToList());
        var random = new Random(seed);
        return new([.. known, .. how switch
        {
            "shuffled" => later.Zip(later.OrderBy(_ => random.Next()), (d, other) => d with { Customer = other.Customer }),
            "deleted" => [],
            "multiplied" => later.Select(d => d with { Spend = d.Spend * seed }),
            _ => later.Select(d => d with { Day = d.Day.AddDays(seed) }),
        }]);
    }

    // The last of the windows that are learned from ends on the cut-off.
    private static Forecast Said(MadeUpShop shop, string name)
    {
        var timeline = new LifetimeTimeline(shop.Monthly(First, count: 7, months: 1), shop.At(Cutoff, Cutoff.AddMonths(1)), threads: 1);
        var model = timeline.At(7).Fit(Contenders.All().Single(contender => contender.Name == name), default).Model;
        return model!.Value(timeline.Snapshots[7], threads: 1);
    }
}
