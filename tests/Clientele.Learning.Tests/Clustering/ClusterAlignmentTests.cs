using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

public sealed class ClusterAlignmentTests
{
    private sealed record PeerCost(double Cost);

    [Fact]          // source: reference/science.md C2
    public void The_known_cost_table_has_the_known_assignment() =>
        Assert.Equal([1, 0, 2], OptimalAssignment.Solve(new(3, 3, [4, 1, 3, 2, 0, 5, 3, 2, 2])));

    [Fact]
    public void No_permutation_costs_less() => Prop.ForAll(Case.Any, c =>
    {
        var random = new RandomStream(c.Seed, 1);
        (int rows, int columns) = (1 + random.Below(6), 1 + random.Below(6));
        // Whole numbers tie, others do not.
        var cost = new Matrix(rows, columns, [.. Enumerable.Range(0, rows * columns).Select(_ => c.Rows % 2 == 0 ? random.Below(5) - 2 : random.Gaussian() * Math.Pow(10, c.Exponent))]);
        int[] found = OptimalAssignment.Solve(cost);
        double best = Permutations(Math.Max(rows, columns)).Min(order => Enumerable.Range(0, rows).Sum(row => order[row] < columns ? cost[row, order[row]] : 0));
        double ours = Enumerable.Range(0, rows).Sum(row => found[row] < 0 ? 0 : cost[row, found[row]]);
        return found.Count(column => column >= 0) == Math.Min(rows, columns)
            && found.Where(column => column >= 0).Distinct().Count() == Math.Min(rows, columns)
            && ours <= best + 1e-12 * cost.Values.Max(Math.Abs);
    }).Holds(60);

    [Fact]
    public void A_large_table_costs_what_scipys_does()
    {
        var random = new RandomStream(12);
        var cost = new Matrix(80, 120, [.. Enumerable.Range(0, 80 * 120).Select(_ => random.Unit())]);
        double peer = PeerScript.Ask<PeerCost>("cluster_models.py", new { what = "assignment" }, cost).Cost;
        int[] found = OptimalAssignment.Solve(cost);
        Assert.Equal(peer, found.Select((column, row) => cost[row, column]).Sum(), 1e-10);
    }

    [Fact]
    public void A_fit_beside_itself_keeps_everything() => Prop.ForAll(Case.Any, c =>
    {
        int[] labels = c.Labels();
        var centres = Centres(c.Clusters);
        var aligned = ClusterAlignment.Find(labels, labels, centres, centres);
        return aligned.Matches.SequenceEqual(Enumerable.Range(0, c.Clusters))
            && aligned.Fates.Count == c.Clusters
            && aligned.Fates.All(fate => fate is { Change: ClusterChange.Keep, Confidence: 1 } && fate.Before[0] == fate.After[0]);
    }).Holds();

    [Fact]
    public void New_numbers_for_the_same_clusters_change_nothing_else() => Prop.ForAll(Case.Any, c =>
    {
        int[] before = c.Labels(), after = c.Labels(task: 2);
        for (int i = 0; i < after.Length; i++)
            after[i] = i % 4 == 0 ? after[i] : before[i];
        int[] order = new RandomStream(c.Seed, 3).Permutation(c.Clusters);      // after[j] is called order[j]
        Matrix first = Centres(c.Clusters), second = Centres(c.Clusters, 0.25), turned = new(c.Clusters, 2);
        for (int j = 0; j < c.Clusters; j++)
            second.Row(j).CopyTo(turned.Row(order[j]));
        var plain = ClusterAlignment.Find(before, after, first, second);
        var renamed = ClusterAlignment.Find(before, [.. after.Select(label => order[label])], first, turned);
        return plain.Matches.Select(match => match < 0 ? -1 : order[match]).SequenceEqual(renamed.Matches)
            && plain.Fates.Select(fate => Text(fate with { After = [.. fate.After.Select(label => order[label]).Order()] })).Order().SequenceEqual(renamed.Fates.Select(Text).Order());
    }).Holds();

    [Fact]
    public void Every_cluster_stands_in_exactly_one_fate_of_the_right_shape() => Prop.ForAll(Case.Any, c =>
    {
        int later = 1 + (int)(c.Seed % 7);
        int[] before = c.Labels(), after = [.. c.Labels(task: 2).Select(label => label % later)];
        var aligned = ClusterAlignment.Find(before, after, Centres(c.Clusters), Centres(later, 0.1));
        return aligned.Fates.SelectMany(fate => fate.Before).Order().SequenceEqual(Enumerable.Range(0, c.Clusters))
            && aligned.Fates.SelectMany(fate => fate.After).Order().SequenceEqual(Enumerable.Range(0, later))
            && aligned.Fates.All(fate => fate.Confidence is >= 0 and <= 1 && (fate.Before.Count, fate.After.Count) switch
            {
                (1, 1) => fate.Change == ClusterChange.Keep,
                (1, 0) => fate.Change == ClusterChange.Retired,
                (0, 1) => fate.Change == ClusterChange.New,
                (1, _) => fate.Change == ClusterChange.Split,
                (_, 1) => fate.Change == ClusterChange.Merge,
                _ => false,
            });
    }).Holds();

    [Fact]
    public void One_cluster_in_two_is_a_split_and_back_again_a_merge()
    {
        int[] whole = [.. Enumerable.Range(0, 90).Select(i => i / 30)];
        int[] parts = [.. Enumerable.Range(0, 90).Select(i => i < 30 ? i < 12 ? 3 : 0 : i / 30)];
        var split = ClusterAlignment.Find(whole, parts, Centres(3), Centres(4));
        Assert.Equal(["Split 0 → 0 3: 1.00", "Keep 1 → 1: 1.00", "Keep 2 → 2: 1.00"], split.Fates.Select(Text));
        Assert.Equal([0, 1, 2], split.Matches);
        var merge = ClusterAlignment.Find(parts, whole, Centres(4), Centres(3));
        Assert.Equal(["Merge 0 3 → 0: 1.00", "Keep 1 → 1: 1.00", "Keep 2 → 2: 1.00"], merge.Fates.Select(Text));
        Assert.Equal([0, 1, 2, -1], merge.Matches);
    }

    [Fact]
    public void A_cluster_drawn_from_everywhere_is_new_and_one_that_went_everywhere_is_retired()
    {
        int[] before = [.. Enumerable.Range(0, 120).Select(i => i / 30)];
        int[] after = [.. Enumerable.Range(0, 120).Select(i => i % 30 < 10 ? 4 : i / 30)];
        Assert.Equal(["Keep 0 → 0: 0.67", "Keep 1 → 1: 0.67", "Keep 2 → 2: 0.67", "Keep 3 → 3: 0.67", "New  → 4: 0.83"],
            ClusterAlignment.Find(before, after, Centres(4), Centres(5)).Fates.Select(Text));
        Assert.Equal("Retired 4 → : 0.83", Text(ClusterAlignment.Find(after, before, Centres(5), Centres(4)).Fates[4]));
    }

    [Fact]
    public void Customers_who_move_between_kept_clusters_lower_the_confidence()
    {
        int[] before = [.. Enumerable.Range(0, 100).Select(i => i / 50)];
        int[] after = [.. Enumerable.Range(0, 100).Select(i => i is >= 40 and < 50 ? 1 : i / 50)];
        Assert.Equal(["Keep 0 → 0: 0.80", "Keep 1 → 1: 0.83"], ClusterAlignment.Find(before, after, Centres(2), Centres(2)).Fates.Select(Text));
    }

    [Fact]
    public void Without_shared_members_centres_decide()
    {
        var aligned = ClusterAlignment.Find([], [], new(3, 1, [0, 10, 20]), new(2, 1, [21, 1]));
        Assert.Equal([1, -1, 0], aligned.Matches);
        Assert.Equal(["Keep 0 → 1: 0.89", "Retired 1 → : 0.00", "Keep 2 → 0: 0.91"], aligned.Fates.Select(Text));
        Assert.Equal(0, aligned.Shared);
    }

    [Fact]
    public void Equal_overlaps_are_decided_by_the_nearer_centre()
    {
        int[] before = [0, 0, 1, 1], after = [0, 1, 0, 1];
        Assert.Equal([1, 0], ClusterAlignment.Find(before, after, new(2, 1, [0, 5]), new(2, 1, [5, 0])).Matches);
        Assert.Equal([0, 1], ClusterAlignment.Find(before, after, new(2, 1, [0, 5]), new(2, 1, [0, 5])).Matches);
    }

    [Fact]
    public void Labels_without_a_centre_and_lists_of_two_lengths_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ClusterAlignment.Find([0, 2], [0, 1], Centres(2), Centres(2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClusterAlignment.Find([0], [0, 1], Centres(2), Centres(2)));
        Assert.Throws<NotFiniteException>(() => ClusterAlignment.Find([], [], new(1, 1, [double.NaN]), new(1, 1)));
    }

    private static Matrix Centres(int count, double shift = 0) => new(count, 2, [.. Enumerable.Range(0, count * 2).Select(i => i * i % 7 + i + shift)]);

    private static string Text(ClusterFate fate) =>
        FormattableString.Invariant($"{fate.Change} {string.Join(' ', fate.Before)} → {string.Join(' ', fate.After)}: {fate.Confidence:0.00}");

    private static IEnumerable<int[]> Permutations(int count) => count == 0
        ? [[]]
        : Permutations(count - 1).SelectMany(order => Enumerable.Range(0, count).Select(at => (int[])[.. order[..at], count - 1, .. order[at..]]));
}
