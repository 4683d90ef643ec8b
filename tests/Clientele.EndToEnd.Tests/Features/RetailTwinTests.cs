using Clientele.Cleaning;
using Clientele.Features;
using FsCheck.Fluent;

namespace Clientele.Tests.Features;

public sealed class RetailTwinTests
{
    [Fact]
    public async Task Retail_15_is_what_its_plain_twin_says()
    {
        await using var shop = await TwinShop.Open();
        Prop.ForAll(TwinShop.AnyLines, lines =>
        {
            var ours = Ours(shop, lines).GetAwaiter().GetResult();
            var twin = RetailTwin.Of(lines, ours.ReferenceDate, "Spain").ToList();
            Assert.Equal(twin.Select(t => t.Customer), ours.Customers);
            foreach (var (row, customer) in twin.Index())
            {
                foreach (var (column, expected) in customer.Values.Index())
                    Assert.True(Math.Abs(expected - ours.Values[row, column]) <= 1e-9 * Math.Max(1, Math.Abs(expected)), $"{ours.Columns[column].Name} of {customer.Customer}: {expected} is {ours.Values[row, column]}");
            }
        }).Holds(cases: 40);
    }

    private static async Task<FeatureTable> Ours(TwinShop shop, List<Line> lines)
    {
        var (settings, ledger) = await shop.Load(lines);
        return await FeatureSnapshot.Build(shop.Engine, settings.Features, new(true, true, true, true, true, true, true), AsOf.EndOf(ledger.LastDay));
    }
}
