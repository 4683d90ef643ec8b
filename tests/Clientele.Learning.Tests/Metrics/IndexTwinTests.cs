using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

/// <summary>The indices beside their definitions, written down plainly.</summary>
public sealed class IndexTwinTests
{
    [Fact]
    public void Silhouette_is_its_definition() => Prop.ForAll(Case.Any, c =>
    {
        var (rows, labels) = (c.Table(), c.Labels());
        var score = Silhouette.Score(rows, labels);
        return Enumerable.Range(0, c.Rows).All(i => Near(PlainSilhouette(rows, labels, i), score.PerRow[i])) && Near(score.PerRow.Average(), score.Mean);
    }).Holds();

    [Fact]
    public void Davies_Bouldin_is_its_definition() => Prop.ForAll(Case.Any, c =>
    {
        var (rows, labels) = (c.Table(), c.Labels());
        var means = Means(rows, labels, c.Clusters);
        double[] spread = [.. Enumerable.Range(0, c.Clusters).Select(k => Members(labels, k).Average(i => Distance(rows.Row(i), means[k])))];
        double plain = Enumerable.Range(0, c.Clusters).Average(a =>
            Enumerable.Range(0, c.Clusters).Where(b => b != a).Max(b => (spread[a] + spread[b]) / Distance(means[a], means[b])));
        return double.IsInfinity(plain) || Near(plain, DaviesBouldin.Score(rows, labels));
    }).Holds();

    [Fact]
    public void Calinski_Harabasz_is_its_definition() => Prop.ForAll(Case.Any, c =>
    {
        var (rows, labels) = (c.Table(), c.Labels());
        var means = Means(rows, labels, c.Clusters);
        double[] mean = Means(rows, new int[c.Rows], 1)[0];
        double within = Enumerable.Range(0, c.Rows).Sum(i => Math.Pow(Distance(rows.Row(i), means[labels[i]]), 2));
        double between = Enumerable.Range(0, c.Rows).Sum(i => Math.Pow(Distance(means[labels[i]], mean), 2));
        return within == 0 || Near(between / (c.Clusters - 1) / (within / (c.Rows - c.Clusters)), CalinskiHarabasz.Score(rows, labels));
    }).Holds();

    [Fact]
    public void Adjusted_Rand_counts_pairs() => Prop.ForAll(Case.Any, c =>
    {
        int[] a = c.Labels(1), b = c.Labels(2);
        double both = 0, left = 0, right = 0, pairs = 0;
        for (int i = 0; i < c.Rows; i++)
            for (int j = 0; j < i; j++, pairs++)
            {
                left += a[i] == a[j] ? 1 : 0;
                right += b[i] == b[j] ? 1 : 0;
                both += a[i] == a[j] && b[i] == b[j] ? 1 : 0;
            }
        double expected = left * right / pairs;
        return (left + right) / 2 == expected || Near((both - expected) / ((left + right) / 2 - expected), AdjustedRand.Score(a, b));
    }).Holds();

    [Fact]
    public void The_order_of_rows_and_the_names_of_clusters_do_not_matter() => Prop.ForAll(Case.Any, c =>
    {
        var (rows, labels) = (c.Table(), c.Labels());
        int[] order = new RandomStream(c.Seed, 9).Permutation(c.Rows), names = new RandomStream(c.Seed, 10).Permutation(c.Clusters);
        var shuffled = rows.Take(order);
        int[] renamed = [.. order.Select(i => names[labels[i]])];
        return Near(Silhouette.Score(rows, labels).Mean, Silhouette.Score(shuffled, renamed).Mean)
            && Near(DaviesBouldin.Score(rows, labels), DaviesBouldin.Score(shuffled, renamed))
            && Near(CalinskiHarabasz.Score(rows, labels), CalinskiHarabasz.Score(shuffled, renamed))
            && Near(AdjustedMutualInformation.Score(labels, c.Labels(2)), AdjustedMutualInformation.Score(renamed, [.. order.Select(i => c.Labels(2)[i])]));
    }).Holds();

    [Fact]
    public void A_row_alone_in_its_cluster_has_silhouette_0() =>
        Assert.Equal(0, Silhouette.Score(new(3, 1, [0, 1, 9]), [0, 0, 1]).PerRow[2]);

    [Fact]
    public void One_cluster_has_no_index() =>
        Assert.Throws<ArgumentException>(() => Silhouette.Score(new(3, 1, [0, 1, 9]), [1, 1, 1]));

    private static double PlainSilhouette(Matrix rows, int[] labels, int i)
    {
        double To(int k) => Members(labels, k).Where(j => j != i).Select(j => Distance(rows.Row(i), rows.Row(j))).DefaultIfEmpty(double.NaN).Average();
        double a = To(labels[i]), b = labels.Distinct().Where(k => k != labels[i]).Min(To);
        return double.IsNaN(a) || Math.Max(a, b) == 0 ? 0 : (b - a) / Math.Max(a, b);
    }

    private static IEnumerable<int> Members(int[] labels, int k) => Enumerable.Range(0, labels.Length).Where(i => labels[i] == k);

    private static double[][] Means(Matrix rows, int[] labels, int clusters) =>
        [.. Enumerable.Range(0, clusters).Select(k => Enumerable.Range(0, rows.Columns).Select(j => Members(labels, k).Average(i => rows[i, j])).ToArray())];

    private static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int j = 0; j < a.Length; j++)
            sum += (a[j] - b[j]) * (a[j] - b[j]);
        return Math.Sqrt(sum);
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-9 * Math.Max(1, Math.Max(Math.Abs(a), Math.Abs(b)));
}
