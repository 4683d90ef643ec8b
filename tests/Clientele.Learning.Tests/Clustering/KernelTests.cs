using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

public sealed class KernelTests
{
    [Fact]
    public void Vector_code_and_its_scalar_twin_agree_to_the_bit() => Prop.ForAll(Case.Any, c =>
    {
        var (rows, centres) = Placed(c);
        return Enumerable.Range(0, rows.Groups).All(group =>
        {
            int other = rows.Groups - 1 - group;
            NearestSingles.Of(rows, centres, group, other, out var left, out var right);
            return Same(left, NearestSingles.Scalar(rows, centres, group)) && Same(right, NearestSingles.Scalar(rows, centres, other));
        });
    }).Holds();

    [Fact]
    public void Nearest_and_second_nearest_are_those_of_plain_distances() => Prop.ForAll(Case.Any, c =>
    {
        var table = c.Table();
        var centres = table.Take([.. Enumerable.Range(0, c.Clusters)]);
        var (labels, seconds) = (new int[c.Rows], new int[c.Rows]);
        var (squared, again) = (new double[c.Rows], new double[c.Rows]);
        double[] lanes = NearestRows.Table(centres.Values, c.Columns);
        NearestRows.Run(table.Values, c.Columns, c.Columns, lanes, 0, c.Rows, labels, squared, seconds);
        var alone = new int[c.Rows];
        NearestRows.Run(new(table), lanes, 0, c.Rows, alone, again);
        return labels.SequenceEqual(alone) && squared.SequenceEqual(again) && Enumerable.Range(0, c.Rows).All(i =>
        {
            double[] plain = [.. Enumerable.Range(0, c.Clusters).Select(k => LaneRows.SquaredDistance(table.Row(i), centres.Row(k)))];
            int[] order = [.. Enumerable.Range(0, c.Clusters).OrderBy(k => plain[k])];       // stable: of equal ones the lowest
            return (labels[i], seconds[i], squared[i]) == (order[0], order[1], plain[order[0]]);
        });
    }).Holds();

    [Fact]
    public void Most_rows_measured_in_single_precision_leaves_the_answers_of_double() => Prop.ForAll(Case.Any, c =>
    {
        var table = c.Table();
        var centres = table.Take([.. Enumerable.Range(0, c.Clusters)]);
        var (labels, seconds, squared) = (new int[c.Rows], new int[c.Rows], new double[c.Rows]);
        NearestRows.Run(table.Values, c.Columns, c.Columns, NearestRows.Table(centres.Values, c.Columns), 0, c.Rows, labels, squared, seconds);
        var assigned = KMeans.Assign(table, centres, threads: 1);
        return labels.SequenceEqual(assigned.Labels) && seconds.SequenceEqual(assigned.SecondNearest) && labels.SequenceEqual(KMeans.Labels(table, centres))
            && squared.Zip(assigned.Distances).All(pair => Math.Abs(Math.Sqrt(pair.First) - pair.Second) <= 1e-14 * pair.Second);
    }).Holds();

    [Fact]
    public void A_row_alone_gets_the_answer_that_it_gets_among_others() => Prop.ForAll(Case.Any, c =>
    {
        var table = c.Table();
        var centres = table.Take([.. Enumerable.Range(0, c.Clusters)]);
        var among = KMeans.Assign(table, centres);
        return Enumerable.Range(0, c.Rows).All(i =>
        {
            var alone = KMeans.Assign(table.Take([i]), centres);
            return (alone.Labels[0], alone.Distances[0], alone.SecondNearest[0]) == (among.Labels[i], among.Distances[i], among.SecondNearest[i]);
        });
    }).Holds();

    [Theory]
    [InlineData(0), InlineData(1e6), InlineData(1e12)]
    public void Rows_far_nearer_the_border_than_single_precision_sees_go_where_double_puts_them(double away)
    {
        var random = new RandomStream(11);
        var centres = new Matrix(3, 16, [.. Enumerable.Range(0, 48).Select(_ => away + random.Gaussian())]);
        // On the way from one centre to another, off the middle by 1 … 1e-15 of it.
        var rows = new Matrix(1000, 16, [.. Enumerable.Range(0, 16_000).Select(i =>
            (centres[i / 16 % 3, i % 16] + centres[(i / 16 + 1) % 3, i % 16]) / 2 + (centres[0, i % 16] - away) * Math.Pow(10, -(i / 16 % 16)))]);
        var (labels, seconds) = (new int[1000], new int[1000]);
        NearestRows.Run(rows.Values, 16, 16, NearestRows.Table(centres.Values, 16), 0, 1000, labels, new double[1000], seconds);
        var assigned = KMeans.Assign(rows, centres);
        Assert.Equal(labels, assigned.Labels);
        Assert.Equal(seconds, assigned.SecondNearest);
        Assert.Equal(labels, KMeans.Labels(rows, centres));
    }

    [Fact]
    public void Rows_in_single_precision_get_the_labels_of_the_same_values_in_double() => Prop.ForAll(Case.Any, c =>
    {
        float[] singles = [.. c.Table().Values.Select(x => (float)x)];
        var centres = c.Table().Take([.. Enumerable.Range(0, c.Clusters)]);
        if (!singles.All(float.IsFinite))
            return true;
        var labels = new int[c.Rows];
        KMeans.Labels(singles, centres, labels);
        return labels.SequenceEqual(KMeans.Labels(new(c.Rows, c.Columns, [.. singles.Select(x => (double)x)]), centres));
    }).Holds();

    [Fact]
    public void Rows_in_single_precision_must_fit_and_be_finite()
    {
        var centres = new Matrix(2, 2, [0, 0, 10, 10]);
        var labels = new int[3];
        KMeans.Labels(new float[] { 1, 2, 9, 9, 3, 4 }, centres, labels);
        Assert.Equal([0, 1, 0], labels);
        Assert.Contains("5 values", Assert.Throws<ArgumentException>(() => KMeans.Labels(new float[5], centres, labels)).Message, StringComparison.Ordinal);
        var error = Assert.Throws<NotFiniteException>(() => KMeans.Labels(new float[] { 1, 2, 9, float.NaN, 3, 4 }, centres, labels));
        Assert.Equal((1, 1), (error.Row, error.Column));
    }

    [Fact]
    public void No_label_changes_in_a_group_whose_slack_holds() => Prop.ForAll(Case.Any, c =>
    {
        var (rows, centres) = Placed(c);
        float epsilon = Slack.Epsilon(c.Columns);
        var before = Enumerable.Range(0, rows.Groups).Select(group => NearestSingles.Scalar(rows, centres, group)).ToArray();
        double[] until = [.. before.Select(found => centres.Drift + Slack.Least(found.Nearest, found.Second, epsilon))];
        var random = new RandomStream(c.Seed, 2);
        double[] moving = rows.Frame.Enter(c.Table().Values.AsSpan(0, c.Clusters * c.Columns));
        for (int step = 0; step < 8; step++)
        {
            for (int i = 0; i < moving.Length; i++)
                moving[i] += random.Gaussian() * Math.Pow(10, -1 - step % 4);
            centres.Place(moving);
            for (int group = 0; group < rows.Groups; group++)
                if (centres.Drift < until[group] && NearestSingles.Scalar(rows, centres, group).Label != before[group].Label)
                    return false;
        }
        return true;
    }).Holds();

    [Fact]
    public void Rows_that_move_leave_the_sums_that_a_fresh_start_makes() => Prop.ForAll(Case.Any, c =>
    {
        var rows = new LaneRows(c.Table(), c.Weights());
        var (moved, fresh) = (new SinglePass(rows.Singles, c.Clusters, 1), new SinglePass(rows.Singles, c.Clusters, 1));
        double[] there = rows.Singles.Frame.Enter(rows.View.Row(0)), centres = [.. there, .. Enumerable.Repeat(0.5, (c.Clusters - 1) * c.Columns)];
        moved.Place(centres);
        moved.Run();
        centres = rows.Singles.Frame.Enter(c.Table().Values.AsSpan(0, c.Clusters * c.Columns));
        moved.Place(centres);
        moved.Run();
        fresh.Place(centres);
        fresh.Run();
        return moved.Labels.AsSpan(0, c.Rows).SequenceEqual(fresh.Labels.AsSpan(0, c.Rows)) && moved.Total.Counts.SequenceEqual(fresh.Total.Counts)
            && moved.Total.Sums.Zip(fresh.Total.Sums).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-13 * c.Rows);
    }).Holds();

    [Fact]
    public void The_loss_of_a_centre_is_what_its_rows_pay_for_their_second_nearest() => Prop.ForAll(Case.Any, c =>
    {
        var table = c.Table();
        double[] centres = table.Values[..(c.Clusters * c.Columns)];
        var plain = new double[c.Clusters];
        for (int i = 0; i < c.Rows; i++)
        {
            double[] distances = [.. Enumerable.Range(0, c.Clusters).Select(k => LaneRows.SquaredDistance(table.Row(i), centres.AsSpan(k * c.Columns, c.Columns)))];
            plain[Array.IndexOf(distances, distances.Min())] += distances.Order().ElementAt(1) - distances.Min();
        }
        return plain.SequenceEqual(RemovalLoss.Of(new LaneRows(table).Doubles, centres));
    }).Holds();

    [Fact]
    public void Exchanging_rows_never_raises_the_inertia_and_keeps_every_cluster() => Prop.ForAll(Case.Any, c =>
    {
        var table = c.Table();
        var rows = new LaneRows(table);
        int[] labels = c.Labels(), after = [.. labels, .. new int[LaneRows.Width]];
        Exchange.Run(rows, Centroids(table, labels).Values, after, maxPasses: 20);
        after = after[..c.Rows];
        return after.Distinct().Count() == c.Clusters && Inertia(table, after) <= Inertia(table, labels) * (1 + 1e-9);
    }).Holds();

    private static (SingleRows, SingleCentres) Placed(Case c)
    {
        var table = c.Table();
        var rows = new SingleRows(new(table), threads: 1);
        var centres = new SingleCentres(c.Clusters, c.Columns);
        centres.Place(rows.Frame.Enter(table.Values.AsSpan(0, c.Clusters * c.Columns)));
        return (rows, centres);
    }

    private static bool Same(NearestSingles.Found a, NearestSingles.Found b) => (a.Nearest, a.Second, a.Label) == (b.Nearest, b.Second, b.Label);

    private static Matrix Centroids(Matrix rows, int[] labels) => Labeling.Unchecked(labels).Centroids(rows);

    private static double Inertia(Matrix rows, int[] labels)
    {
        var centroids = Centroids(rows, labels);
        return Enumerable.Range(0, rows.Rows).Sum(i => LaneRows.SquaredDistance(rows.Row(i), centroids.Row(labels[i])));
    }
}
