using Clientele.Learning;
using Clientele.Scoring;

namespace Clientele.Tests.Scoring;

public sealed class SegmentScorerTests
{
    [Theory, InlineData(1), InlineData(3), InlineData(0)]
    public void Many_rows_are_assigned_as_each_of_them_alone(int threads)
    {
        var scorer = new SegmentScorer(Bundles.Segments(seed: 5, variance: 0.8));
        var rows = Rows(5_000, scorer.Features.Count);

        var all = scorer.Score(rows, threads);

        for (int i = 0; i < rows.Rows; i += 7)
        {
            var alone = scorer.Score(rows.Take([i]), threads: 1);
            Assert.Equal(
                (alone.Assigned.Labels[0], alone.Assigned.Distances[0], alone.Assigned.SecondNearest[0], alone.Assigned.Outliers[0], scorer.Certainty(alone, 0)),
                (all.Assigned.Labels[i], all.Assigned.Distances[i], all.Assigned.SecondNearest[i], all.Assigned.Outliers[i], scorer.Certainty(all, i)));
            Assert.Equal(scorer.Reasons(alone, 0), scorer.Reasons(all, i));
        }
    }

    [Fact]
    public void Of_many_rows_the_first_that_is_no_number_is_named()
    {
        var scorer = new SegmentScorer(Bundles.Segments(seed: 5));
        var rows = Rows(9_000, scorer.Features.Count);
        (rows[4_321, 2], rows[8_765, 0]) = (double.NaN, double.NaN);

        var wrong = Assert.Throws<NotFiniteException>(() => scorer.Score(rows));

        Assert.Equal((4_321, 2), (wrong.Row, wrong.Column));
    }

    private static Matrix Rows(int count, int columns)
    {
        var rows = new Matrix(count, columns);
        for (int i = 0; i < rows.Values.Length; i++)
            rows.Values[i] = i * 7_919L % 1_000 / 10.0;
        return rows;
    }
}
