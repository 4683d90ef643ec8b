using System.Globalization;
using Clientele.Lifetime;

namespace Clientele.Tests.Lifetime;

public sealed class PublishedSplitTests
{
    [Fact]
    public void Every_row_has_one_place()
    {
        var split = PublishedSplit.Of(2_718);
        Assert.Equal((1_630, 544, 544), (split.Training.Count, split.Validation.Count, split.Test.Count));
        Assert.Equal(Enumerable.Range(0, 2_718), split.Training.Concat(split.Validation).Concat(split.Test).Order());
    }

    [Theory, InlineData("recency_days", 63.72331288343558), InlineData("total_revenue", 1246.5519944785276), InlineData("std_gap_days", 5.258710632382542)]
    public void The_training_part_has_the_published_means(string column, double mean)       // source: system 002, scaler of the committed model
    {
        string[][] table = [.. File.ReadLines(TestData.File_("published", "clv_modeling_table.csv")).Select(line => line.Split(','))];
        int at = Array.IndexOf(table[0], column);
        Assert.Equal(mean, PublishedSplit.Of(table.Length - 1).Training.Average(i => double.Parse(table[i + 1][at], CultureInfo.InvariantCulture)), mean * 1e-12);
    }
}
