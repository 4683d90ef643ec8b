using Clientele.Features;
using Clientele.Learning;

namespace Clientele.Segments;

/// <summary>Everything that assigns a customer: the space, the clusters in it, and what counts as unusual. Plain data.</summary>
/// <param name="Categories">Names of the features that stand beside the space as they are, and are compared only for equality.</param>
/// <param name="Clusters">Over the dimensions of the space, then the categories; segment 1 first.</param>
/// <param name="Forest">Null when outliers are not looked for.</param>
/// <param name="OutlierScore">A customer with this isolation score or more is an outlier.</param>
public sealed record SegmentModel(CustomerSpace Space, IReadOnlyList<string> Categories, IClusterModel Clusters, IsolationForestModel? Forest, double OutlierScore)
{
    /// <summary>Training and scoring both come through here, so they cannot differ.</summary>
    public SegmentAssignment Assign(FeatureTable features, int threads)
    {
        var rows = Raw(features, Space.Columns);
        return Assign(rows, Place(rows, Raw(features, Categories)), threads);
    }

    /// <param name="rows">n × the space's columns, finite, in original units.</param>
    /// <param name="categories">n × <see cref="Categories"/>.</param>
    public Matrix Place(Matrix rows, Matrix categories) => Beside(Space.Place(rows), categories);

    /// <param name="rows">As in <see cref="Place"/>.</param>
    /// <param name="places">Theirs.</param>
    /// <param name="forest">Ready to be walked; null: it is made ready here.</param>
    public SegmentAssignment Assign(Matrix rows, Matrix places, int threads, IsolationForestScorer? forest = null)
    {
        var nearest = Clusters.Assign(places, threads);
        bool[] unusual = Forest is null ? new bool[rows.Rows] : Array.ConvertAll((forest ?? new(Forest)).Score(rows, threads), score => score >= OutlierScore);
        return new(nearest.Labels, nearest.Distances, nearest.SecondNearest, unusual);
    }

    /// <summary>What it knows customers by, in original units: n × the space's columns, then the categories.</summary>
    public Matrix Known(FeatureTable features) => Beside(Raw(features, Space.Columns), Raw(features, Categories));

    /// <summary>The columns of both.</summary>
    internal static Matrix Beside(Matrix left, Matrix right)
    {
        if (right.Columns == 0)
            return left;
        var both = new Matrix(left.Rows, left.Columns + right.Columns);
        for (int i = 0; i < left.Rows; i++)
        {
            left.Row(i).CopyTo(both.Row(i));
            right.Row(i).CopyTo(both.Row(i)[left.Columns..]);
        }
        return both;
    }

    internal static Matrix Raw(FeatureTable features, IReadOnlyList<string> columns)
    {
        var names = features.Columns.Select(column => column.Name).ToList();
        return features.Values.TakeColumns([.. columns.Select(name => names.IndexOf(name))]);
    }
}

/// <summary>Parallel to the customers of the feature table.</summary>
/// <param name="Labels">0 … k−1; the segment's number is one more.</param>
/// <param name="Distances">To the own cluster, as the model measures it.</param>
/// <param name="SecondNearest">Label of the next nearest cluster.</param>
public sealed record SegmentAssignment(IReadOnlyList<int> Labels, IReadOnlyList<double> Distances, IReadOnlyList<int> SecondNearest, IReadOnlyList<bool> Outliers);
