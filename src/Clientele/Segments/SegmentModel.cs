using Clientele.Features;
using Clientele.Learning;

namespace Clientele.Segments;

/// <summary>Everything that assigns a customer: the space, the centres, and what counts as unusual. Plain data.</summary>
/// <param name="Centres">k × dimensions, segment 1 first.</param>
/// <param name="Forest">Null when outliers are not looked for.</param>
/// <param name="OutlierScore">A customer with this isolation score or more is an outlier.</param>
public sealed record SegmentModel(CustomerSpace Space, Matrix Centres, IsolationForestModel? Forest, double OutlierScore)
{
    /// <summary>Training and scoring both come through here, so they cannot differ.</summary>
    public SegmentAssignment Assign(FeatureTable features, int threads)
    {
        var rows = Raw(features, Space.Columns);
        var nearest = KMeans.Assign(Space.Place(rows), Centres, threads);
        return new(nearest.Labels, nearest.Distances, nearest.SecondNearest, Unusual(rows, threads));
    }

    private bool[] Unusual(Matrix rows, int threads) =>
        Forest is null ? new bool[rows.Rows] : [.. Forest.Score(rows, threads).Select(score => score >= OutlierScore)];

    internal static Matrix Raw(FeatureTable features, IReadOnlyList<string> columns)
    {
        var names = features.Columns.Select(column => column.Name).ToList();
        return features.Values.TakeColumns([.. columns.Select(name => names.IndexOf(name))]);
    }
}

/// <summary>Parallel to the customers of the feature table.</summary>
/// <param name="Labels">0 … k−1; the segment's number is one more.</param>
/// <param name="Distances">To the own centre, in the space of the model.</param>
/// <param name="SecondNearest">Label of the next nearest centre.</param>
public sealed record SegmentAssignment(IReadOnlyList<int> Labels, IReadOnlyList<double> Distances, IReadOnlyList<int> SecondNearest, IReadOnlyList<bool> Outliers);
