using System.Text.Json;
using Clientele.Lifetime;
using Clientele.Models;

namespace Clientele.Tests.Lifetime;

/// <summary>What holds of every contender's model, whatever it learned.</summary>
public sealed class ValueModelTests
{
    private static readonly DateOnly First = new(2021, 6, 1);
    private static readonly MadeUpShop Shop = MadeUpShop.Open(customers: 400);
    private static readonly Lazy<LifetimeTimeline> Timeline = new(() => new(Shop.Monthly(First, count: 13, months: 3), Shop.At(First.AddMonths(16), First.AddMonths(19))));

    public static TheoryData<string> Names => [.. Contenders.All().Select(contender => contender.Name)];

    [Theory, MemberData(nameof(Names))]
    public void A_model_survives_JSON_to_the_bit(string name)
    {
        var model = Model(name);
        string json = JsonSerializer.Serialize(model, ModelBundle.Json);
        var again = JsonSerializer.Deserialize<IValueModel>(json, ModelBundle.Json)!;
        Assert.Equal(model.Value(Today).Mean, again.Value(Today).Mean);
        Assert.Equal(model.Value(Today).Median, again.Value(Today).Median);
        Assert.Equal(model.Explain(Today).Values.Values, again.Explain(Today).Values.Values);
    }

    [Theory, MemberData(nameof(Names))]
    public void Contributions_add_up_to_every_forecast(string name)
    {
        var (said, why) = (Model(name).Value(Today), Model(name).Explain(Today));
        Assert.Equal(why.Drivers.Count, why.Values.Columns);
        for (int i = 0; i < said.Mean.Length; i++)
            Assert.Equal(said.Mean[i], why.Sum(i), 1e-9);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_customers_value_does_not_depend_on_who_else_is_asked_about(string name)
    {
        var (all, alone) = (Model(name).Value(Today), Model(name).Value(Today.Take([7])));
        Assert.Equal((all.Mean[7], all.Median[7]), (alone.Mean[0], alone.Median[0]));
    }

    private static LifetimeSnapshot Today => Timeline.Value.Snapshots[^1];

    private static IValueModel Model(string name)
    {
        lock (Timeline)
            return Timeline.Value.At(Timeline.Value.Snapshots.Count - 1).Fit(Contenders.All().Single(contender => contender.Name == name), default).Model!;
    }
}
