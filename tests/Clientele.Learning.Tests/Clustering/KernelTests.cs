using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

public sealed class KernelTests
{
    [Fact]
    public void Vector_code_and_its_scalar_twin_agree_to_the_bit() => Prop.ForAll(Case.Any, c =>
    {
        var table = c.Table();
        var rows = new LaneRows(table);
        double[] centres = AssignPass.Even(table.Values.AsSpan(0, c.Clusters * c.Columns), c.Columns);
        int[] fast = new int[rows.Groups * LaneRows.Width], plain = [.. fast];
        bool changedFast = AssignPass.RunVector(rows, centres, 0, rows.Groups, fast);
        bool changedPlain = AssignPass.RunScalar(rows, centres, 0, rows.Groups, plain);
        return fast.SequenceEqual(plain) && changedFast == changedPlain;
    }).Holds();

    [Fact]
    public void Sums_of_clusters_are_plain_sums_in_row_order() => Prop.ForAll(Case.Any, c =>
    {
        var rows = new LaneRows(c.Table());
        int[] labels = c.Labels();
        var sums = new CentreSums(c.Clusters, rows.Stride);
        sums.Add(rows, labels, 0, c.Rows);
        var plain = new double[c.Clusters * rows.Stride];
        for (int i = 0; i < c.Rows; i++)
            for (int j = 0; j < c.Columns; j++)
                plain[labels[i] * rows.Stride + j] += rows.Row(i)[j];
        return plain.SequenceEqual(sums.Sums) && sums.Counts.Sum() == c.Rows;
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
        return plain.SequenceEqual(RemovalLoss.Of(new(table), centres));
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

    private static Matrix Centroids(Matrix rows, int[] labels) => Labeling.Unchecked(labels).Centroids(rows);

    private static double Inertia(Matrix rows, int[] labels)
    {
        var centroids = Centroids(rows, labels);
        return Enumerable.Range(0, rows.Rows).Sum(i => LaneRows.SquaredDistance(rows.Row(i), centroids.Row(labels[i])));
    }
}
