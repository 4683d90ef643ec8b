using Clientele.Reports;

namespace Clientele.Tests.Reports;

public sealed class MapSampleTests
{
    [Theory, InlineData(1), InlineData(1_999), InlineData(2_000)]
    public void Up_to_2_000_customers_are_all_drawn(int customers) =>
        Assert.Equal(Enumerable.Range(0, customers), MapSample.Rows(Labels(customers), Outliers(customers)).Order());

    [Theory, InlineData(2_001), InlineData(5_875), InlineData(100_000)]
    public void More_are_thinned_and_every_segment_keeps_its_share_and_its_outliers(int customers)
    {
        int[] labels = Labels(customers);
        bool[] outliers = Outliers(customers);
        var drawn = MapSample.Rows(labels, outliers);
        Assert.Equal(2_000, drawn.Count);
        Assert.Equal(2_000, drawn.Distinct().Count());
        double share = 2_000.0 / customers;
        foreach (int label in labels.Distinct())
        {
            Assert.Equal(share * labels.Count(l => l == label), drawn.Count(row => labels[row] == label), 1.0);
            Assert.Equal(share * Enumerable.Range(0, customers).Count(i => labels[i] == label && outliers[i]), drawn.Count(row => labels[row] == label && outliers[row]), 1.0);
        }
    }

    private static int[] Labels(int customers) => [.. Enumerable.Range(0, customers).Select(i => i % 11 < 7 ? 0 : i % 11 < 10 ? 1 : 2)];
    private static bool[] Outliers(int customers) => [.. Enumerable.Range(0, customers).Select(i => i % 17 == 0)];
}
