using System.Text.Json;
using Clientele.Lifetime;
using Clientele.Models;

namespace Clientele.Tests.Lifetime;

public sealed class LifetimeLearningTests
{
    private static readonly Horizon Quarter = Horizon.OfMonths(3);
    private static readonly DateOnly First = new(2021, 6, 1);

    [Fact]
    public void Learning_ends_in_plain_data_that_values_customers_to_the_same_bit()
    {
        var shop = MadeUpShop.Open(customers: 300);
        var today = shop.At(First.AddMonths(16), First.AddMonths(19));
        var learned = LifetimeLearning.Learn(shop.Monthly(First, count: 13, months: 3), today, Quarter, Contenders.All());
        var again = JsonSerializer.Deserialize<LifetimeValuation>(JsonSerializer.Serialize(learned.Valuation, ModelBundle.Json), ModelBundle.Json)!;
        var said = learned.Valuation.Value(today);
        Assert.Equal(said.Mean, again.Value(today).Mean);
        Assert.Equal(said.Median, again.Value(today).Median);
        Assert.Equal(learned.Valuation.Interval(said, .8), again.Interval(said, .8));
        Assert.Equal((learned.Contest!.Mean.Model, learned.Contest.Median.Model, "3 months"), (again.Mean.Name, again.Median.Name, again.Horizon));
    }

    [Fact]
    public void Without_two_windows_after_each_other_the_baselines_stand_in_by_name()
    {
        var shop = MadeUpShop.Open(customers: 50);
        var learned = LifetimeLearning.Learn([], shop.At(First, First.AddMonths(3)), Quarter, Contenders.All());
        Assert.Null(learned.Contest);
        Assert.Equal(("past rate", "past rate"), (learned.Valuation.Mean.Name, learned.Valuation.Median.Name));
        Assert.Empty(learned.Valuation.Calibration.Intervals);
        Assert.Contains(learned.Valuation.Notes, note => note.Contains("'past rate'", StringComparison.Ordinal));
    }
}
