using Clientele.Features;
using Clientele.Learning;
using Clientele.Models;
using Clientele.Problems;
using Clientele.Segments;
using Clientele.Settings;

namespace Clientele.Tests.Segments;

public sealed class ClusterModelsTests
{
    public static TheoryData<string> Models => [.. SegmentationSettings.Models];

    [Theory, MemberData(nameof(Models))]
    public void Every_model_finds_planted_groups_and_its_bundle_assigns_to_the_same_bits(string model)
    {
        // Groups of a hundred to the numbers; of one hour each, so that categories agree with them.
        var shop = WithHours(Shops.Groups(5, 100), i => 8 + i % 5);
        var settings = With(model);

        var (segmentation, fitted) = Segmenter.Segment(shop, settings, threads: 0);
        string folder = Directory.CreateTempSubdirectory("clientele-models-").FullName;
        try
        {
            new ModelBundle(settings, new(true, true, true, true, true, true, false), new DateOnly(2011, 12, 9), "France", fitted, [new(1, "Loyal Lena")]).Save(folder);
            var again = ModelBundle.Load(folder).Model.Assign(shop, threads: 1);

            Assert.True(AdjustedRand.Score(segmentation.Labels, [.. Enumerable.Range(0, 500).Select(i => i % 5)]) > 0.95);
            Assert.Equal(segmentation.Labels, again.Labels);
            Assert.Equal(segmentation.Distances, again.Distances);
            Assert.Equal(segmentation.SecondNearest, again.SecondNearest);
            Assert.Equal(segmentation.Quality.Select(segment => segment.Revenue).OrderDescending(), segmentation.Quality.Select(segment => segment.Revenue));
            Assert.All(segmentation.Quality, segment => Assert.Equal(model != SegmentationSettings.KMeans, double.IsNaN(segment.Jaccard)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Only_prototypes_compare_the_hour_and_they_name_it()
    {
        var shop = WithHours(Shops.Groups(4, 50), i => i % 7);

        Assert.Empty(Segmenter.Segment(shop, With("medoids"), threads: 0).Model.Categories);
        var (segmentation, model) = Segmenter.Segment(shop, With("prototypes"), threads: 0);

        Assert.Equal(["hour"], model.Categories);
        Assert.Equal([0, 1, 2, 3], segmentation.ClusteredColumns);
        Assert.Equal(["hour"], Segmenter.Segment(shop, Columns("spend", "hour"), threads: 0).Model.Categories);
        Assert.Empty(Segmenter.Segment(shop, Columns("spend", "invoices"), threads: 0).Model.Categories);
    }

    [Fact]
    public void Categories_alone_are_refused_with_the_remedy() =>
        Assert.Equal("segments/no-numbers", Assert.Throws<ProblemException>(
            () => Segmenter.Segment(WithHours(Shops.Groups(4, 50), i => i % 7), Columns("hour"), threads: 0)).Problem.Kind);

    [Theory, MemberData(nameof(Models))]
    public void A_given_number_of_segments_is_made_by_the_same_model(string model)
    {
        var divided = Segmenter.Divide(Shops.Groups(4, 50), With(model), clusters: 4, threads: 0);

        Assert.Equal(1, AdjustedRand.Score(divided!.Labels, [.. Enumerable.Range(0, 200).Select(i => i % 4)]), 0.02);
    }

    private static WorkspaceSettings With(string model) => Shops.Settings with { Segmentation = Shops.Settings.Segmentation with { Model = model } };

    private static WorkspaceSettings Columns(params string[] columns) => Shops.Settings with { Segmentation = Shops.Settings.Segmentation with { Model = "prototypes", Columns = columns } };

    private static FeatureTable WithHours(FeatureTable shop, Func<int, int> hour) => shop with
    {
        Columns = [.. shop.Columns, new("hour", FeatureRole.Hour, "usual hour", "hour", "most frequent over invoices", "0 … 23", false)],
        Values = SegmentModel.Beside(shop.Values, new(shop.Values.Rows, 1, [.. Enumerable.Range(0, shop.Values.Rows).Select(i => (double)hour(i))])),
    };
}
