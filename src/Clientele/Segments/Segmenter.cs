using Clientele.Features;
using Clientele.Learning;
using Clientele.Problems;
using Clientele.Settings;

namespace Clientele.Segments;

/// <summary>Divides customers into segments: sets the unusual aside, makes the space, chooses k, fits, assigns everyone.</summary>
public static class Segmenter
{
    /// <summary>Fewer customers than this per segment asked for are too few to divide.</summary>
    private const int LeastPerSegment = 5;

    public static (Segmentation Segmentation, SegmentModel Model) Segment(
        FeatureTable features, WorkspaceSettings settings, int threads, IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        var columns = ClusteredColumns.Of(features, settings.Segmentation);
        var rows = SegmentModel.Raw(features, columns.Numbers);
        if (rows.Rows < settings.Segmentation.MinSegments * LeastPerSegment)
            throw TooFew($"{rows.Rows:N0} customers are", settings.Segmentation);
        var (forest, outlierScore, inliers) = Usual(rows, settings, threads, cancel);
        var space = CustomerSpace.Fit(rows.Take(inliers), columns.Numbers, settings.Preparation, threads);
        var points = space.Place(rows);
        var usual = points.Take(inliers);
        int distinct = Distinct(usual, Math.Max(settings.Segmentation.MaxNaturalGroups, settings.Segmentation.MaxSegments) + 1);
        if (distinct < settings.Segmentation.MinSegments)
            throw TooFew($"{rows.Rows:N0} customers, of whom only {distinct:N0} differ, are", settings.Segmentation);

        var choice = ClusterChoice.Study(usual, settings, distinct, threads, progress, cancel);
        progress?.Report($"k = {choice.Clusters}");
        var categories = SegmentModel.Raw(features, columns.Categories).Take(inliers);
        var clusters = ClusterModels.Fit(SegmentModel.Beside(usual, categories), categories.Columns, choice.Clusters, settings, threads, cancel);

        var model = new SegmentModel(space, columns.Categories, clusters, forest, outlierScore);
        int[] order = ByRevenue(features, model.Assign(features, threads).Labels, choice.Clusters);
        model = model with { Clusters = clusters.Take(order) };
        var assigned = model.Assign(features, threads);
        var quality = SegmentQualities.Measure(features, assigned, usual, inliers, order.Length, Jaccards(choice, order, settings.Segmentation), threads);
        return (new(features, order.Length, assigned.Labels, assigned.Distances, assigned.SecondNearest, assigned.Outliers,
            Positions(points, usual, space), columns.Places(features), choice.Natural, choice.Recommended, quality), model);
    }

    /// <summary>Divides into a given number of segments: no study, no order of revenue. Null when the customers are too few.</summary>
    public static SegmentAssignment? Divide(FeatureTable features, WorkspaceSettings settings, int clusters, int threads, CancellationToken cancel = default)
    {
        var columns = ClusteredColumns.Of(features, settings.Segmentation);
        var rows = SegmentModel.Raw(features, columns.Numbers);
        if (rows.Rows < clusters * LeastPerSegment)
            return null;
        var (forest, outlierScore, inliers) = Usual(rows, settings, threads, cancel);
        var space = CustomerSpace.Fit(rows.Take(inliers), columns.Numbers, settings.Preparation, threads);
        var usual = space.Place(rows.Take(inliers));
        if (Distinct(usual, clusters) < clusters)
            return null;
        var categories = SegmentModel.Raw(features, columns.Categories).Take(inliers);
        var fit = ClusterModels.Fit(SegmentModel.Beside(usual, categories), categories.Columns, clusters, settings, threads, cancel);
        return new SegmentModel(space, columns.Categories, fit, forest, outlierScore).Assign(features, threads);
    }

    private static ProblemException TooFew(string customersAre, SegmentationSettings settings) => new(new("segments/too-few-customers",
        $"{customersAre} too few for {settings.MinSegments} segments.",
        $"Bring more orders, loosen 'cleaning', or lower 'segmentation: segments'; each segment needs {LeastPerSegment} customers."));

    // The given share of highest isolation scores is set aside; equal scores share their fate.
    private static (IsolationForestModel? Forest, double Score, int[] Inliers) Usual(Matrix rows, WorkspaceSettings settings, int threads, CancellationToken cancel)
    {
        int aside = (int)Math.Round(settings.Outliers.Share * rows.Rows, MidpointRounding.AwayFromZero);
        if (aside == 0 || rows.Rows < 2)
            return (null, 1, [.. Enumerable.Range(0, rows.Rows)]);
        var forest = IsolationForest.Fit(rows, new() { Trees = settings.Outliers.Trees, Seed = settings.Seed, Threads = threads }, cancel);
        var scores = forest.Score(rows, threads, cancel);
        double least = scores.Order().ElementAt(scores.Length - aside);
        return (forest, least, [.. Enumerable.Range(0, rows.Rows).Where(row => scores[row] < least)]);
    }

    private static int Distinct(Matrix rows, int enough)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int row = 0; row < rows.Rows && seen.Count < enough; row++)
            seen.Add(string.Join(' ', rows.Row(row).ToArray().Select(BitConverter.DoubleToInt64Bits)));
        return seen.Count;
    }

    // Stability was measured with k-means, in the order of its labels: of another model's segments it says nothing.
    private static IReadOnlyList<double> Jaccards(ClusterChoice choice, int[] order, SegmentationSettings settings) =>
        settings.Model == SegmentationSettings.KMeans && choice.Recommended.Candidates.FirstOrDefault(candidate => candidate.Clusters == choice.Clusters) is { } candidate
            ? [.. order.Select(label => candidate.Jaccards[label])] : [];

    // Clusters that no customer is in are no segments (a mixture may have one). Largest revenue first, then most customers, then the label of the fit: segment 1 is the one a shopkeeper asks about first.
    private static int[] ByRevenue(FeatureTable features, IReadOnlyList<int> labels, int clusters)
    {
        var (revenue, size) = (new decimal[clusters], new int[clusters]);
        for (int i = 0; i < labels.Count; i++)
        {
            revenue[labels[i]] += features.Revenue[i];
            size[labels[i]]++;
        }
        return [.. Enumerable.Range(0, clusters).Where(label => size[label] > 0).OrderByDescending(label => revenue[label]).ThenByDescending(label => size[label]).ThenBy(label => label)];
    }

    private static Matrix Positions(Matrix points, Matrix usual, CustomerSpace space)
    {
        if (space.Components is null && points.Columns > 2)
            points = Pca.Fit(usual, new() { Components = 2 }).Transform(points);
        return points.TakeColumns([.. Enumerable.Range(0, Math.Min(2, points.Columns))]);
    }
}
