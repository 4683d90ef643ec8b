using Clientele.Learning;
using Clientele.Problems;
using Clientele.Segments;

namespace Clientele.Tests.Segments;

public sealed class SegmenterTests
{
    [Fact]
    public void Planted_groups_are_found_and_every_customer_has_a_segment()
    {
        var shop = Shops.Groups(5, 80);

        var (segmentation, _) = Segmenter.Segment(shop, Shops.Settings, threads: 0);

        Assert.Equal(5, segmentation.Clusters);
        Assert.Equal(shop.Customers.Count, segmentation.Labels.Count);
        Assert.True(AdjustedRand.Score(segmentation.Labels, [.. Enumerable.Range(0, 400).Select(i => i % 5)]) > 0.95);
    }

    [Fact]
    public void Shares_sizes_and_revenue_count_everyone_outliers_too()
    {
        var shop = Shops.Groups(4, 60);

        var (segmentation, _) = Segmenter.Segment(shop, Shops.Settings, threads: 0);

        Assert.Contains(true, segmentation.Outliers);
        Assert.Equal(240, segmentation.Quality.Sum(segment => segment.Customers));
        Assert.Equal(shop.Revenue.Sum(), segmentation.Quality.Sum(segment => segment.Revenue));
        Assert.Equal(1, segmentation.Quality.Sum(segment => segment.Share), 12);
    }

    [Fact]
    public void Segments_are_numbered_by_revenue()
    {
        var (segmentation, _) = Segmenter.Segment(Shops.Groups(4, 60), Shops.Settings, threads: 0);

        Assert.Equal(segmentation.Quality.Select(segment => segment.Revenue).OrderDescending(), segmentation.Quality.Select(segment => segment.Revenue));
    }

    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        var shop = Shops.Groups(5, 50);

        var one = Segmenter.Segment(shop, Shops.Settings, threads: 1).Segmentation;
        var four = Segmenter.Segment(shop, Shops.Settings, threads: 4).Segmentation;

        Assert.Equal(one.Labels, four.Labels);
        Assert.Equal(one.Distances, four.Distances);
        Assert.Equivalent(one.Natural, four.Natural);
        Assert.Equivalent(one.Recommended, four.Recommended);
    }

    [Fact]
    public void A_customer_is_assigned_alike_alone_and_in_company()
    {
        var shop = Shops.Groups(4, 50);
        var (segmentation, model) = Segmenter.Segment(shop, Shops.Settings, threads: 0);

        for (int i = 0; i < shop.Customers.Count; i += 17)
        {
            var alone = model.Assign(shop with { Customers = [shop.Customers[i]], Values = shop.Values.Take([i]), Revenue = [shop.Revenue[i]] }, threads: 1);
            Assert.Equal(segmentation.Labels[i], alone.Labels[0]);
            Assert.Equal(segmentation.Distances[i], alone.Distances[0]);
            Assert.Equal(segmentation.Outliers[i], alone.Outliers[0]);
        }
    }

    [Theory]
    [InlineData("yeo-johnson", "robust", 0.8)]
    [InlineData("log", "standard", 0.0)]
    [InlineData("none", "none", 1.0)]
    public void Every_way_of_scaling_gives_a_segmentation(string transform, string scale, double variance)
    {
        var settings = Shops.Settings with { Preparation = new() { Transform = transform, Scale = scale, Variance = variance } };

        var (segmentation, _) = Segmenter.Segment(Shops.Groups(4, 40), settings, threads: 0);

        Assert.InRange(segmentation.Clusters, 4, 8);
    }

    [Fact]
    public void Plain_evidence_takes_the_best_silhouette_and_says_nothing_of_natural_groups()
    {
        var settings = Shops.Settings with { Segmentation = Shops.Settings.Segmentation with { PlainEvidence = true } };

        var (segmentation, _) = Segmenter.Segment(Shops.Groups(5, 40), settings, threads: 0);

        Assert.Equal(5, segmentation.Clusters);
        Assert.Null(segmentation.Natural.Clusters);
        Assert.Empty(segmentation.Recommended.Candidates);
        Assert.Equal([2, 3, 4, 5, 6, 7, 8, 9, 10], segmentation.Natural.Evidence.Select(row => row.Clusters));
    }

    [Fact]
    public void Too_few_customers_are_refused_with_the_remedy() =>
        Assert.Equal("segments/too-few-customers",
            Assert.Throws<ProblemException>(() => Segmenter.Segment(Shops.Groups(3, 5), Shops.Settings, threads: 0)).Problem.Kind);

    [Fact]
    public void A_column_that_does_not_exist_is_refused_with_the_nearest_that_does()
    {
        var settings = Shops.Settings with { Segmentation = Shops.Settings.Segmentation with { Columns = ["recency_day"] } };

        var problem = Assert.Throws<ProblemException>(() => Segmenter.Segment(Shops.Groups(4, 40), settings, threads: 0)).Problem;

        Assert.Contains("'recency_days'", problem.Remedy, StringComparison.Ordinal);
    }
}
