using Clientele.Learning;
using Clientele.Models;
using Clientele.Segments;

namespace Clientele.Scoring;

/// <summary>A loaded bundle that assigns customers to segments. It has no state: any number of threads may ask at once.</summary>
public sealed class SegmentScorer
{
    // Rows that go through all steps together: what a step leaves is still near when the next one asks for it.
    private const int Together = 2_048;

    private readonly SegmentModel model;
    private readonly IClusterModel[] each;
    private readonly IsolationForestScorer? forest;
    private readonly SegmentReasons? reasons;
    private readonly int[] spaceColumns, categoryColumns;

    public SegmentScorer(ModelBundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        model = bundle.Model;
        Features = [.. model.Space.Columns, .. model.Categories];
        spaceColumns = [.. Enumerable.Range(0, model.Space.Columns.Count)];
        categoryColumns = [.. Enumerable.Range(spaceColumns.Length, model.Categories.Count)];
        each = [.. Enumerable.Range(0, Segments).Select(label => model.Clusters.Take([label]))];
        forest = model.Forest is null ? null : new(model.Forest);
        reasons = SegmentReasons.Of(model);
        Dimensions = model.Space.Components?.Components.Rows ?? spaceColumns.Length;
    }

    /// <summary>Names of what must be known of a customer, in the order of the columns of <see cref="Score"/>.</summary>
    public IReadOnlyList<string> Features { get; }
    /// <summary>k.</summary>
    public int Segments => model.Clusters.Clusters;
    /// <summary>Of the space in which customers are compared.</summary>
    public int Dimensions { get; }
    /// <summary>Whether a place in the space is all that it takes to assign someone.</summary>
    public bool KnowsPlaces => categoryColumns.Length == 0;

    /// <param name="rows">n × <see cref="Features"/>, finite, in original units.</param>
    /// <param name="threads">At most this many; 0: all cores. The same bits on any number.</param>
    /// <exception cref="NotFiniteException">A value is NaN or infinite.</exception>
    public SegmentScores Score(Matrix rows, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Columns, Features.Count, nameof(rows));
        if (rows.Rows <= Together)
            return ScoreTogether(rows);
        var parts = new SegmentScores[(rows.Rows + Together - 1) / Together];
        var beyond = new NotFiniteException?[parts.Length];
        Parallel.For(0, parts.Length, new() { MaxDegreeOfParallelism = threads == 0 ? Environment.ProcessorCount : threads }, part =>
        {
            int first = part * Together, count = Math.Min(Together, rows.Rows - first);
            try
            {
                parts[part] = ScoreTogether(new Matrix(count, rows.Columns, rows.Values.AsSpan(first * rows.Columns, count * rows.Columns).ToArray()));
            }
            catch (NotFiniteException wrong)
            {
                beyond[part] = new(first + wrong.Row, wrong.Column, wrong.Value);
            }
        });
        return Array.Find(beyond, wrong => wrong is not null) is { } first ? throw first : SegmentScores.Joined(parts, rows.Rows);
    }

    private SegmentScores ScoreTogether(Matrix rows)
    {
        var numbers = KnowsPlaces ? rows : rows.TakeColumns(spaceColumns);
        var prepared = model.Space.Prepare(numbers);
        var places = model.Space.Rotate(prepared);
        if (!KnowsPlaces)
            places = SegmentModel.Beside(places, rows.TakeColumns(categoryColumns));
        return new(numbers, prepared, places, model.Assign(numbers, places, threads: 1, forest));
    }

    /// <summary>The segment of places in the space: what is known of customers was prepared elsewhere.</summary>
    /// <param name="places">n × <see cref="Dimensions"/>.</param>
    public IReadOnlyList<int> Nearest(Matrix places, int threads = 0) => model.Clusters.Assign(places, threads).Labels;

    /// <summary>How sure an assignment is.</summary>
    /// <param name="row">0 … n−1.</param>
    public Certainty Certainty(SegmentScores scores, int row)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var place = new Matrix(1, scores.Places.Columns, scores.Places.Row(row).ToArray());
        var (label, own) = (scores.Assigned.Labels[row], scores.Assigned.Distances[row]);
        double next = each[scores.Assigned.SecondNearest[row]].Assign(place, 1).Distances[0];
        double confidence = model.Clusters is GaussianMixtureModel mixture ? mixture.Memberships(place, 1)[0, label] : own + next > 0 ? next / (own + next) : 1;
        return new(next, confidence);
    }

    /// <summary>The same of all rows at once, to the bit.</summary>
    public Certainty[] Certainties(SegmentScores scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var certainties = new Certainty[scores.Assigned.Labels.Count];
        var memberships = model.Clusters is GaussianMixtureModel mixture ? mixture.Memberships(scores.Places, 1) : null;
        var rows = new List<int>(certainties.Length);
        for (int second = 0; second < Segments; second++)
        {
            rows.Clear();
            for (int row = 0; row < certainties.Length; row++)
                if (scores.Assigned.SecondNearest[row] == second)
                    rows.Add(row);
            if (rows.Count == 0)
                continue;
            var distances = each[second].Assign(scores.Places.Take(rows), 1).Distances;
            for (int i = 0; i < rows.Count; i++)
            {
                var (label, own) = (scores.Assigned.Labels[rows[i]], scores.Assigned.Distances[rows[i]]);
                double next = distances[i];
                certainties[rows[i]] = new(next, memberships is not null ? memberships[rows[i], label] : own + next > 0 ? next / (own + next) : 1);
            }
        }
        return certainties;
    }

    /// <summary>What speaks most for the segment and against the second nearest, or the other way round; empty where the model's distances have no such parts.</summary>
    public IReadOnlyList<SegmentReason> Reasons(SegmentScores scores, int row, int most = 3)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return reasons?.Why(scores, row, most) ?? [];
    }
}

/// <param name="SecondDistance">To the second nearest segment.</param>
/// <param name="Confidence">Of a mixture, the probability of the segment; else d₂ ÷ (d₁ + d₂), ½ on the border between two segments and 1 at the heart of one.</param>
public readonly record struct Certainty(double SecondDistance, double Confidence);

/// <param name="Rows">n × the numbers of the space, in original units.</param>
/// <param name="Prepared">The same, bent and scaled.</param>
/// <param name="Places">n × dimensions, and the categories beside them.</param>
/// <param name="Assigned">Of n.</param>
public sealed record SegmentScores(Matrix Rows, Matrix Prepared, Matrix Places, SegmentAssignment Assigned)
{
    /// <summary>One after the other.</summary>
    /// <param name="rows">Of all parts.</param>
    internal static SegmentScores Joined(IReadOnlyList<SegmentScores> parts, int rows) => new(
        Joined(parts, rows, part => part.Rows), Joined(parts, rows, part => part.Prepared), Joined(parts, rows, part => part.Places),
        new(Joined(parts, rows, part => part.Assigned.Labels), Joined(parts, rows, part => part.Assigned.Distances), Joined(parts, rows, part => part.Assigned.SecondNearest), Joined(parts, rows, part => part.Assigned.Outliers)));

    private static Matrix Joined(IReadOnlyList<SegmentScores> parts, int rows, Func<SegmentScores, Matrix> table)
    {
        int columns = table(parts[0]).Columns;
        return new(rows, columns, Joined(parts, rows * columns, part => table(part).Values));
    }

    private static T[] Joined<T>(IReadOnlyList<SegmentScores> parts, int count, Func<SegmentScores, IReadOnlyList<T>> list)
    {
        var all = GC.AllocateUninitializedArray<T>(count);
        int at = 0;
        foreach (var part in parts)
        {
            var some = list(part);
            ((ICollection<T>)some).CopyTo(all, at);
            at += some.Count;
        }
        return all;
    }
}
