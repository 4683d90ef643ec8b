using System.Text.Json;
using Clientele.Lifetime;
using Clientele.Pipeline;
using FsCheck.Fluent;

namespace Clientele.Tests.Lifetime;

public sealed class CustomerValuesTests
{
    private static readonly DateOnly First = new(2021, 6, 1);
    private static readonly LifetimeSnapshot Today;
    private static readonly LifetimeValuation Valuation;
    private static readonly IReadOnlyList<CustomerValue> Values;

    static CustomerValuesTests()
    {
        var shop = MadeUpShop.Open(customers: 400);
        Today = shop.At(First.AddMonths(16), First.AddMonths(19)).WithoutTargets();
        Valuation = LifetimeLearning.Learn(shop.Monthly(First, count: 13, months: 3), Today, Horizon.OfMonths(3), Contenders.All()).Valuation;
        Values = Of(annualRate: 0.1);
    }

    [Fact]
    public void Amounts_are_the_models_to_the_cent()
    {
        var said = Valuation.Value(Today);
        foreach (var (i, value) in Values.Index())
        {
            Assert.Equal(said.Mean[i], (double)value.Mean, 0.005001);
            Assert.Equal(said.Median[i], (double)value.Median, 0.005001);
            Assert.Equal(value.Mean, Math.Round(value.Mean, 2));
        }
    }

    [Fact]
    public void The_wide_interval_holds_the_likely_one() =>
        Assert.All(Values, value => Assert.True(value.Wide!.Value.Lower <= value.Likely!.Value.Lower && (value.Wide.Value.Upper ?? decimal.MaxValue) >= (value.Likely.Value.Upper ?? decimal.MaxValue)));

    [Fact]
    public void Discounting_takes_away_and_at_rate_0_nothing()
    {
        Assert.All(Values.Where(value => value.Mean > 1), value => Assert.InRange(value.Discounted, value.Mean * 0.95m, value.Mean - 0.01m));
        Assert.All(Of(annualRate: 0), value => Assert.Equal(value.Mean, value.Discounted));
    }

    [Fact]
    public void Bands_and_dates_keep_their_rules()
    {
        Assert.All(Values, value => Assert.Equal(value.Buys >= 0.66 ? ChurnRisk.Low : value.Buys >= 0.33 ? ChurnRisk.Medium : ChurnRisk.High, value.Risk));
        Assert.All(Values, value => Assert.True(value.NextOrder is not { } day || (value.Risk != ChurnRisk.High && day >= Today.Cutoff && day <= Today.Cutoff.AddDays(2 * Today.HorizonDays))));
        Assert.Contains(Values, value => value.NextOrder is not null);
        Assert.Contains(Values, value => value.NextOrder is null);
    }

    [Fact]
    public void Drivers_are_the_largest_parts_in_order()
    {
        var why = Valuation.Explain(Today);
        foreach (var (i, value) in Values.Index())
        {
            var sizes = value.Drivers.Select(driver => Math.Abs(driver.Amount)).ToList();
            Assert.Equal(sizes.OrderDescending(), sizes);
            Assert.InRange(sizes.Count, 1, 3);
            Assert.Equal(why.Values.Row(i).ToArray().Max(Math.Abs), (double)sizes[0], 0.005001);
        }
        Assert.Equal("worth of a purchase −12.50", new DriverEffect("worth", "worth of a purchase", -12.5m).ToString());
    }

    [Fact]
    public void Without_a_buying_law_all_is_spent_in_the_middle_and_nothing_is_said_of_being_alive()
    {
        var value = CustomerValues.Of(Today, Valuation.Value(Today), Valuation.Value(Today).Mean, null, null, null, Valuation.Explain(Today), 0.1)[0].Value;
        Assert.Equal((null, null, null, null, null, null, null), (value.Alive, value.Buys, value.Orders, value.Risk, value.NextOrder, value.Likely, value.Wide));
        Assert.Equal((double)value.Mean * Math.Pow(1.1, -Today.HorizonDays / 2 / 365.25), (double)value.Discounted, 0.02);
    }

    [Fact]
    public void Customers_are_valued_to_the_same_bit_in_blocks_as_all_at_once()
    {
        var whole = ValuedBlock.Of(Valuation, Today, annualRate: 0.1);
        var blocks = Enumerable.Range(0, Today.Customers.Count).Chunk(77).Select(rows => ValuedBlock.Of(Valuation, Today.Take(rows), annualRate: 0.1)).ToList();
        Assert.Equal(whole.Forecast.Mean, blocks.SelectMany(block => block.Forecast.Mean));
        Assert.Equal(whole.Forecast.Median, blocks.SelectMany(block => block.Forecast.Median));
        Assert.Equal(whole.Why.Values.Values, blocks.SelectMany(block => block.Why.Values.Values));
        Assert.Equal(JsonSerializer.Serialize(whole.Values), JsonSerializer.Serialize(blocks.SelectMany(block => block.Values)));
    }

    [Fact]
    public async Task A_file_gives_back_the_values_that_were_written()
    {
        var block = ValuedBlock.Of(Valuation, Today, annualRate: 0.1);
        using var memory = new MemoryStream();
        using (var file = new ValueFile(memory))
        {
            file.Write(block);
            await file.Flush(default);
        }
        memory.Position = 0;

        var rows = await ValueFile.Read(memory, ValueDeciles.Of([.. block.Values.Select(each => each.Rank)]), block.Why.Drivers).ToListAsync();

        Assert.Equal(block.Forecast.Mean, rows.Select(row => row.Forecast));
        Assert.Equal(block.Why.Values.Values, rows.SelectMany(row => row.Parts));
        foreach (var (told, read) in Values.Zip(rows))
        {
            Assert.Equal(told with { Drivers = [] }, read.Value with { Drivers = [] });
            Assert.Equal(told.Drivers, read.Value.Drivers);
        }
    }

    [Fact]
    public void However_customers_are_divided_the_parts_add_up_to_the_portfolio_to_the_cent() =>
        Prop.ForAll(Gen.Choose(0, 5).ArrayOf(Values.Count).ToArbitrary(), labels =>
        {
            string[] names = ["Ann", "Ben", "Cleo", "Dan", "Eve"];
            var personaOf = Values.Zip(labels).Where(pair => pair.Second < names.Length).ToDictionary(pair => pair.First.Customer, pair => names[pair.Second]);
            var sum = ValueSum.Of(Values);
            var (total, risk) = (sum.As("all"), sum.AtRisk()!);
            var parts = Portfolio.ByPersona(Values.ToAsyncEnumerable(), personaOf, names).GetAwaiter().GetResult();
            Assert.Equal(Values.Sum(value => value.Mean), total.Expected);
            Assert.Equal((total.Customers, total.Expected, total.Discounted, total.AtRisk),
                (parts.Sum(part => part.Customers), parts.Sum(part => part.Expected), parts.Sum(part => part.Discounted), parts.Sum(part => part.AtRisk)));
            Assert.Equal((total.Customers, total.Expected), (risk.ByRisk.Sum(band => band.Customers), risk.ByRisk.Sum(band => band.Expected)));
            Assert.Equal(labels.Contains(names.Length), parts.Any(part => part.Group == Portfolio.NoPersona));
        }).Holds(cases: 50);

    private static IReadOnlyList<CustomerValue> Of(double annualRate)
    {
        var valued = ValuedBlock.Of(Valuation, Today, annualRate).Values;
        var deciles = ValueDeciles.Of([.. valued.Select(each => each.Rank)]);
        return [.. valued.Select(deciles.Place)];
    }
}
