using Clientele.Lifetime;
using FsCheck.Fluent;

namespace Clientele.Tests.Lifetime;

public sealed class ValueDecilesTests
{
    [Fact]
    public void A_hundred_different_values_fall_ten_into_each() =>
        Assert.Equal(Enumerable.Range(0, 100).Select(i => 10 - i / 10), ValueDeciles.Of([.. Enumerable.Range(0, 100).Select(i => (decimal)i)]));

    [Fact]
    public void Equal_values_share_the_better_tenth() =>
        Assert.Equal([1, 2, 2, 2, 2, 2, 2, 2, 2, 10], ValueDeciles.Of([9, 5, 5, 5, 5, 5, 5, 5, 5, 0]));

    [Fact]
    public void Worth_more_is_never_a_worse_tenth_and_order_does_not_matter() =>
        Prop.ForAll(Gen.Choose(0, 30).Select(cents => cents / 100m).NonEmptyListOf().ToArbitrary(), values =>
        {
            var deciles = ValueDeciles.Of(values);
            var reversed = ValueDeciles.Of([.. values.AsEnumerable().Reverse()]);
            return deciles.All(d => d is >= 1 and <= 10) && deciles.SequenceEqual(reversed.Reverse())
                && values.Index().All(a => values.Index().All(b => a.Item <= b.Item || deciles[a.Index] <= deciles[b.Index]));
        }).Holds();
}
