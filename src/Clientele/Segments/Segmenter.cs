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
        var columns = Columns(features, settings.Segmentation);
        var rows = SegmentModel.Raw(features, columns);
        if (rows.Rows < settings.Segmentation.MinSegments * LeastPerSegment)
            throw TooFew($"{rows.Rows:N0} customers are", settings.Segmentation);
        var (forest, outlierScore, inliers) = Usual(rows, settings, threads, cancel);
        var space = CustomerSpace.Fit(rows.Take(inliers), columns, settings.Preparation, threads);
        var points = space.Place(rows);
        var usual = points.Take(inliers);
        int distinct = Distinct(usual, Math.Max(settings.Segmentation.MaxNaturalGroups, settings.Segmentation.MaxSegments) + 1);
        if (distinct < settings.Segmentation.MinSegments)
            throw TooFew($"{rows.Rows:N0} customers, of whom only {distinct:N0} differ, are", settings.Segmentation);

        var choice = ClusterChoice.Study(usual, settings, distinct, threads, progress, cancel);
        progress?.Report($"k = {choice.Clusters}");
        var fit = KMeans.Fit(usual, new() { Clusters = choice.Clusters, Restarts = settings.Segmentation.Restarts, Seed = settings.Seed, Threads = threads }, cancel: cancel);

        var unordered = new SegmentModel(space, fit.Centres, forest, outlierScore).Assign(features, threads);
        var order = ByRevenue(features, unordered.Labels, choice.Clusters);
        var model = new SegmentModel(space, fit.Centres.Take(order), forest, outlierScore);
        var assigned = model.Assign(features, threads);
        var quality = SegmentQualities.Measure(features, assigned, usual, inliers, choice, order, threads);
        return (new(features, choice.Clusters, assigned.Labels, assigned.Distances, assigned.SecondNearest, assigned.Outliers,
            Positions(points, usual, space), [.. columns.Select(name => features.Columns.ToList().FindIndex(column => column.Name == name))],
            choice.Natural, choice.Recommended, quality), model);
    }

    /// <summary>Divides into a given number of segments: no study, no order of revenue. Null when the customers are too few.</summary>
    public static SegmentAssignment? Divide(FeatureTable features, WorkspaceSettings settings, int clusters, int threads, CancellationToken cancel = default)
    {
        var columns = Columns(features, settings.Segmentation);
        var rows = SegmentModel.Raw(features, columns);
        if (rows.Rows < clusters * LeastPerSegment)
            return null;
        var (forest, outlierScore, inliers) = Usual(rows, settings, threads, cancel);
        var space = CustomerSpace.Fit(rows.Take(inliers), columns, settings.Preparation, threads);
        var usual = space.Place(rows.Take(inliers));
        if (Distinct(usual, clusters) < clusters)
            return null;
        var fit = KMeans.Fit(usual, new() { Clusters = clusters, Restarts = settings.Segmentation.Restarts, Seed = settings.Seed, Threads = threads }, cancel: cancel);
        return new SegmentModel(space, fit.Centres, forest, outlierScore).Assign(features, threads);
    }

    private static ProblemException TooFew(string customersAre, SegmentationSettings settings) => new(new("segments/too-few-customers",
        $"{customersAre} too few for {settings.MinSegments} segments.",
        $"Bring more orders, loosen 'cleaning', or lower 'segmentation: segments'; each segment needs {LeastPerSegment} customers."));

    private static IReadOnlyList<string> Columns(FeatureTable features, SegmentationSettings settings)
    {
        var there = features.Columns.Select(column => column.Name).ToList();
        if (settings.Columns.Count == 0)
            return [.. features.Columns.Where(column => column.Clustered).Select(column => column.Name)];
        foreach (string name in settings.Columns)
        {
            if (features.LeftOut.FirstOrDefault(left => left.Feature.Name == name) is { Feature: not null } left)
                throw new ProblemException(new("segments/left-out-column", $"The feature '{name}' cannot be clustered: {left.Reason}.", "Map the column it needs, or take it off 'segmentation: columns'."));
            if (!there.Contains(name))
                throw new ProblemException(new("segments/unknown-column", $"There is no feature '{name}' in this set.",
                    Nearest.To(name, there) is { } near ? $"Did you mean '{near}'?" : $"There are: {string.Join(", ", there)}."));
        }
        return settings.Columns;
    }

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

    // Largest revenue first, then most customers, then the label of the fit: segment 1 is the one a shopkeeper asks about first.
    private static int[] ByRevenue(FeatureTable features, IReadOnlyList<int> labels, int clusters)
    {
        var (revenue, size) = (new decimal[clusters], new int[clusters]);
        for (int i = 0; i < labels.Count; i++)
        {
            revenue[labels[i]] += features.Revenue[i];
            size[labels[i]]++;
        }
        return [.. Enumerable.Range(0, clusters).OrderByDescending(label => revenue[label]).ThenByDescending(label => size[label]).ThenBy(label => label)];
    }

    private static Matrix Positions(Matrix points, Matrix usual, CustomerSpace space)
    {
        if (space.Components is null && points.Columns > 2)
            points = Pca.Fit(usual, new() { Components = 2 }).Transform(points);
        return points.TakeColumns([.. Enumerable.Range(0, Math.Min(2, points.Columns))]);
    }
}
