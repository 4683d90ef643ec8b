using Clientele.Learning;
using Clientele.Models;
using Clientele.Segments;

namespace Clientele.Scoring;

/// <summary>A loaded bundle that assigns customers to segments. It has no state: any number of threads may ask at once.</summary>
public sealed class SegmentScorer
{
    private readonly ModelBundle bundle;
    private readonly IClusterModel[] each;
    private readonly int[] spaceColumns, categoryColumns;

    public SegmentScorer(ModelBundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        this.bundle = bundle;
        Features = [.. bundle.Model.Space.Columns, .. bundle.Model.Categories];
        spaceColumns = [.. Enumerable.Range(0, bundle.Model.Space.Columns.Count)];
        categoryColumns = [.. Enumerable.Range(spaceColumns.Length, bundle.Model.Categories.Count)];
        each = [.. Enumerable.Range(0, Segments).Select(label => bundle.Model.Clusters.Take([label]))];
        Dimensions = bundle.Model.Space.Components?.Components.Rows ?? spaceColumns.Length;
    }

    /// <summary>Names of what must be known of a customer, in the order of the columns of <see cref="Score"/>.</summary>
    public IReadOnlyList<string> Features { get; }
    /// <summary>k.</summary>
    public int Segments => bundle.Model.Clusters.Clusters;
    /// <summary>Of the space in which customers are compared.</summary>
    public int Dimensions { get; }
    /// <summary>Whether a place in the space is all that it takes to assign someone.</summary>
    public bool KnowsPlaces => categoryColumns.Length == 0;

    /// <param name="rows">n × <see cref="Features"/>, finite, in original units.</param>
    /// <param name="threads">At most this many; 0: all cores. The same bits on any number.</param>
    /// <exception cref="NotFiniteException">A value is NaN or infinite.</exception>
    public SegmentAssignment Score(Matrix rows, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Columns, Features.Count, nameof(rows));
        var (numbers, categories) = KnowsPlaces ? (rows, new Matrix(rows.Rows, 0)) : (rows.TakeColumns(spaceColumns), rows.TakeColumns(categoryColumns));
        return bundle.Model.Assign(numbers, categories, threads);
    }

    /// <summary>The segment of places in the space: what is known of customers was prepared elsewhere.</summary>
    /// <param name="places">n × <see cref="Dimensions"/>.</param>
    public IReadOnlyList<int> Nearest(Matrix places, int threads = 0) => bundle.Model.Clusters.Assign(places, threads).Labels;

    /// <summary>How sure an assignment is: of a mixture, the probability of the segment; else d₂ ÷ (d₁ + d₂), ½ on the border between two segments and 1 at the heart of one.</summary>
    /// <param name="row">A customer's <see cref="Features"/>.</param>
    /// <returns>The distance to the second nearest segment, and the confidence.</returns>
    public (double SecondDistance, double Confidence) Certainty(ReadOnlySpan<double> row, int label, double distance, int second)
    {
        var place = Place(row);
        double next = each[second].Assign(place, 1).Distances[0];
        double confidence = bundle.Model.Clusters is GaussianMixtureModel mixture ? mixture.Memberships(place, 1)[0, label] : distance + next > 0 ? next / (distance + next) : 1;
        return (next, confidence);
    }

    private Matrix Place(ReadOnlySpan<double> row)
    {
        var numbers = new Matrix(1, spaceColumns.Length, row[..spaceColumns.Length].ToArray());
        return SegmentModel.Beside(bundle.Model.Space.Place(numbers), new Matrix(1, categoryColumns.Length, row[spaceColumns.Length..].ToArray()));
    }
}
