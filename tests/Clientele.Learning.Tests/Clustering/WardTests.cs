using System.Text.Json;
using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

public sealed class WardTests
{
    private sealed record PeerTree(double[] Heights, int[][] Cuts);

    [Theory]
    [InlineData("january"), InlineData("wine"), InlineData("iris"), InlineData("random")]
    public void Heights_are_scipys_and_cuts_are_scikit_learns(string name)
    {
        var random = new RandomStream(21);
        var rows = name switch
        {
            "january" => Tables.January,
            "wine" => Tables.Wine.Rows.Standardised(),
            "iris" => Tables.Iris.Rows,
            _ => new Matrix(400, 3, [.. Enumerable.Range(0, 1200).Select(_ => random.Gaussian())]),
        };
        int[] clusters = [2, 3, 4, 5, 8];
        var peer = PeerScript.Ask<PeerTree>("cluster_models.py", new { what = "ward", clusters }, rows);
        var tree = Ward.Grow(rows);
        Assert.Equal(peer.Heights.Length, tree.Merges.Count);
        Assert.All(peer.Heights.Zip(tree.Merges), pair => Assert.Equal(pair.First, pair.Second.Height, 1e-9 * (1 + pair.First)));
        foreach (var (k, labels) in clusters.Zip(peer.Cuts))
            Assert.Equal(1, AdjustedRand.Score(labels, tree.Cut(k)), 1e-12);
    }

    [Fact]
    public void The_chain_merges_what_trying_all_pairs_merges() => Prop.ForAll(Case.Any, c =>
    {
        // Without rounded values: where heights tie there is more than one tree.
        var random = new RandomStream(c.Seed, 7);
        var rows = new Matrix(c.Rows, c.Columns, [.. Enumerable.Range(0, c.Rows * c.Columns).Select(_ => Math.Pow(10, c.Exponent) * random.Gaussian())]);
        var tree = Ward.Grow(rows);
        var plain = ByAllPairs(rows);
        return tree.Merges.Zip(plain.Heights).All(pair => Math.Abs(pair.First.Height - pair.Second) <= 1e-9 * pair.Second)
            && Enumerable.Range(1, Math.Min(9, c.Rows)).All(k => Same(tree.Cut(k), plain.Cuts[k]));
    }).Holds(40);

    [Fact]
    public void Many_rows_outgrow_the_first_table_and_give_the_same_tree()
    {
        // 300 rows are compacted twice on the way.
        var random = new RandomStream(2);
        var rows = new Matrix(300, 2, [.. Enumerable.Range(0, 600).Select(_ => random.Gaussian())]);
        Assert.All(Ward.Grow(rows).Merges.Zip(ByAllPairs(rows).Heights), pair => Assert.Equal(pair.Second, pair.First.Height, 1e-10));
    }

    [Fact]
    public void Heights_add_up_to_the_whole_inertia()
    {
        var rows = Tables.Wine.Rows.Standardised();
        double inertia = KMeans.Fit(rows, new() { Clusters = 1 }).Inertia;
        Assert.Equal(inertia, Ward.Grow(rows).Merges.Sum(merge => merge.Height * merge.Height / 2), 1e-8);
    }

    [Fact]
    public void Rows_in_another_order_give_the_same_clusters()
    {
        var rows = Tables.Wine.Rows.Standardised();
        int[] order = new RandomStream(4).Permutation(rows.Rows);
        int[] straight = Ward.Grow(rows).Cut(4), mixed = Ward.Grow(rows.Take(order)).Cut(4);
        Assert.True(Same([.. order.Select(i => straight[i])], mixed));
    }

    [Fact]
    public void More_rows_than_the_sample_go_to_the_nearest_centre()
    {
        var random = new RandomStream(6);
        const int n = 3_000;
        var rows = new Matrix(n, 2, [.. Enumerable.Range(0, n * 2).Select(i => random.Gaussian() + i / 2 % 3 * 12)]);
        var fit = Ward.Fit(rows, new() { Clusters = 3, SampleRows = 500 });
        Assert.Equal((500, 499), (fit.Sample.Count, fit.Tree.Merges.Count));
        Assert.Equal(1, AdjustedRand.Score(fit.Labels, [.. Enumerable.Range(0, n).Select(i => i % 3)]));
        Assert.Equal(fit.Labels, fit.Model.Assign(rows).Labels);
        Assert.Equal(fit.Labels, Ward.Fit(rows, new() { Clusters = 3, SampleRows = 500, Threads = 1 }).Labels);
    }

    [Fact]
    public void Degenerate_tables_have_a_tree_and_bad_ones_are_refused()
    {
        Assert.Empty(Ward.Grow(new(1, 2, [1, 2])).Merges);
        Assert.Equal([0], Ward.Grow(new(1, 2, [1, 2])).Cut(1));
        Assert.All(Ward.Grow(new(20, 2, [.. Enumerable.Repeat(3.0, 40)])).Merges, merge => Assert.Equal(0, merge.Height));
        foreach (double scale in new[] { 1e-30, 1e30 })
            Assert.Equal([0, 0, 1, 1], Ward.Grow(new(4, 1, [0, scale, 9 * scale, 10 * scale])).Cut(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ward.Fit(new(2, 1, [1, 2]), new() { Clusters = 3 }));
        Assert.Throws<NotFiniteException>(() => Ward.Fit(new(2, 1, [1, double.NaN]), new() { Clusters = 1 }));
        Assert.Throws<OperationCanceledException>(() => Ward.Fit(Tables.Iris.Rows, new() { Clusters = 2 }, cancel: new(canceled: true)));
    }

    [Fact]
    public void A_tree_tells_how_far_it_has_grown_and_stops_when_told()
    {
        using var stop = new CancellationTokenSource();
        var told = new List<WardProgress>();
        Ward.Fit(Tables.Iris.Rows, new() { Clusters = 3 }, new Heard(told.Add));
        Assert.Equal(100, told.Count);
        Assert.Equal(told.OrderBy(step => step.Merged), told);
        Assert.Equal(new(149, 149), told[^1]);

        told.Clear();
        Assert.Throws<OperationCanceledException>(() => Ward.Grow(Tables.Iris.Rows, new Heard(step =>
        {
            told.Add(step);
            if (step.Merged >= 50)
                stop.Cancel();
        }), stop.Token));
        Assert.Equal(50, told[^1].Merged);
    }

    private sealed class Heard(Action<WardProgress> heard) : IProgress<WardProgress>
    {
        public void Report(WardProgress value) => heard(value);
    }

    [Fact]
    public void The_model_survives_json_to_the_bit()
    {
        var model = Ward.Fit(Tables.Iris.Rows, new() { Clusters = 3 }).Model;
        var back = JsonSerializer.Deserialize<IClusterModel>(JsonSerializer.Serialize<IClusterModel>(model))!;
        Assert.Equal(model.Assign(Tables.Iris.Rows).Distances, back.Assign(Tables.Iris.Rows).Distances);
    }

    // Slow and short: of all pairs the one whose merge makes Σ‖x−c‖² grow least.
    private static (List<double> Heights, Dictionary<int, int[]> Cuts) ByAllPairs(Matrix rows)
    {
        var clusters = Enumerable.Range(0, rows.Rows).Select(i => (Rows: new List<int> { i }, Centre: rows.Row(i).ToArray())).ToList();
        var heights = new List<double>();
        var cuts = new Dictionary<int, int[]> { [rows.Rows] = [.. Enumerable.Range(0, rows.Rows)] };
        while (clusters.Count > 1)
        {
            (double Squared, int A, int B) best = (double.PositiveInfinity, 0, 0);
            for (int a = 0; a < clusters.Count; a++)
                for (int b = 0; b < a; b++)
                {
                    double weight = 2.0 * clusters[a].Rows.Count * clusters[b].Rows.Count / (clusters[a].Rows.Count + clusters[b].Rows.Count);
                    double squared = 0;
                    for (int j = 0; j < rows.Columns; j++)
                        squared += Math.Pow(clusters[a].Centre[j] - clusters[b].Centre[j], 2);
                    if (squared * weight < best.Squared)
                        best = (squared * weight, a, b);
                }
            heights.Add(Math.Sqrt(best.Squared));
            List<int> merged = [.. clusters[best.A].Rows, .. clusters[best.B].Rows];
            double[] centre = [.. Enumerable.Range(0, rows.Columns).Select(j => merged.Average(i => rows[i, j]))];
            clusters.RemoveAt(best.A);
            clusters[best.B] = (merged, centre);
            var labels = new int[rows.Rows];
            for (int c = 0; c < clusters.Count; c++)
                foreach (int i in clusters[c].Rows)
                    labels[i] = c;
            cuts[clusters.Count] = labels;
        }
        return (heights, cuts);
    }

    private static bool Same(int[] one, int[] other) => one.Zip(other).Distinct().Count() == one.Distinct().Count() && one.Distinct().Count() == other.Distinct().Count();
}
