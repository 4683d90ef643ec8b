using Clientele.Lifetime;
using FsCheck.Fluent;

namespace Clientele.Tests.Lifetime;

public sealed class ValueDecilesTests
{
    [Fact]
    public void A_hundred_different_values_fall_ten_into_each() =>
        Assert.Equal(Enumerable.Range(0, 100).Select(i => 10 - i / 10), Of([.. Enumerable.Range(0, 100).Select(i => (decimal)i)]));

    [Fact]
    public void Equal_values_share_the_better_tenth() =>
        Assert.Equal([1, 2, 2, 2, 2, 2, 2, 2, 2, 10], Of([9, 5, 5, 5, 5, 5, 5, 5, 5, 0]));

    [Fact]
    public void A_tenth_tells_how_many_are_worth_more() => Prop.ForAll(Gen.Choose(0, 30).Select(cents => cents / 100m).NonEmptyListOf().ToArbitrary(), values =>
        Of([.. values]).SequenceEqual(values.Select(value => 10 * values.Count(other => other > value) / values.Count + 1))).Holds();

    private static int[] Of(decimal[] values)
    {
        var deciles = ValueDeciles.Of([.. values]);
        return [.. values.Select(deciles.Of)];
    }
}
