using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

public sealed class TreeKernelTests
{
    [Fact]
    public void Vector_gains_and_their_scalar_twin_agree_to_the_bit() => Prop.ForAll(Case.Any, c =>
    {
        var random = new RandomStream(c.Seed, 1);
        SplitGains fast = new(), plain = new();
        for (int i = 0; i < c.Rows; i++)
        {
            (fast.Gradients[i], fast.Hessians[i], fast.Counts[i]) = (random.Gaussian(), i * random.Unit(), i);
            (plain.Gradients[i], plain.Hessians[i], plain.Counts[i]) = (fast.Gradients[i], fast.Hessians[i], i);
        }
        var limits = new BoostingOptions { MinLeafRows = 1 + c.Clusters, L2 = c.Exponent };
        fast.RunVector(c.Rows, (random.Gaussian(), c.Rows), c.Rows, limits);
        plain.RunScalar(c.Rows, (new RandomStream(c.Seed, 1) is var again ? Skip(again, c.Rows) : 0, c.Rows), c.Rows, limits);
        return fast.Gains.AsSpan(0, c.Rows).SequenceEqual(plain.Gains.AsSpan(0, c.Rows));
    }).Holds();

    [Fact]
    public void The_division_of_categories_found_is_the_best_of_all_divisions() => Prop.ForAll(Case.Any, c =>
    {
        // Up to 7 categories: all divisions can be tried. Fisher (1958): one of the sorted order's prefixes is best.
        var random = new RandomStream(c.Seed, 2);
        int categories = 2 + random.Below(6), n = 40;
        double[] codes = [.. Enumerable.Range(0, n).Select(i => (double)(i < categories ? i : random.Below(categories)))], target = [.. codes.Select(code => Math.Sin(7 * code) + random.Gaussian())];
        var model = Boosting.Fit(new(n, 1, codes), target, new()
        {
            Categorical = [0],
            Rounds = 1,
            Leaves = 2,
            MinLeafRows = 1,
            MinCategoryRows = 1,
            CategorySmoothing = 0,
            LearningRate = 1,
        });
        double found = Loss(code => model.Trees[0].GoesLeft(0, code)), best = double.PositiveInfinity;
        for (int set = 1; set < (1 << categories) - 1; set++)
            best = Math.Min(best, Loss(code => (set >> (int)code & 1) != 0));
        return Math.Abs(found - best) <= 1e-9 * (1 + best);

        double Loss(Func<double, bool> left) => Enumerable.Range(0, n).GroupBy(i => left(codes[i]))
            .Sum(side => side.Sum(i => Math.Pow(target[i] - side.Average(j => target[j]), 2)));
    }).Holds(40);

    [Fact]
    public void Sums_of_a_histogram_are_exact_in_any_order()
    {
        var (rows, target) = BoostingTests.Friedman(3000);
        var table = new BinnedTable(rows, [], 255, 1, default);
        var bins = new RowBins(table, 1);
        var scale = GradientScale.For(3000, target.Max(), 1);
        long[] pairs = [.. target.SelectMany(y => new[] { scale.Gradient(y), scale.Hessian(1) })];
        long[] forward = new long[Histogram.Length(5)], backward = new long[Histogram.Length(5)];
        int[] all = [.. Enumerable.Range(0, 3000)];
        Histogram.Add(bins, all, pairs, forward);
        Array.Reverse(all);
        Histogram.Add(bins, all.AsSpan(0, 1234), pairs, backward);
        Histogram.Add(bins, all.AsSpan(1234), pairs, backward);
        Assert.Equal(forward, backward);
        for (int j = 0; j < 5; j++)
        {
            Assert.Equal(target.Sum(), Enumerable.Range(0, 256).Sum(b => scale.GradientOf(forward[j * 512 + 2 * b])), 1e-8);
            Assert.Equal(3000, Enumerable.Range(0, 256).Sum(b => scale.CountOf(forward[j * 512 + 2 * b + 1])));
        }
    }

    [Fact]
    public void A_value_is_in_the_bin_that_its_cut_says() => Prop.ForAll(Case.Any, c =>
    {
        double[] column = [.. Enumerable.Range(0, 40).SelectMany(k => (c with { Seed = c.Seed + (ulong)k }).Table().Column(0))];
        foreach (int most in new[] { 2, 16, 255 })
        {
            var bins = FeatureBins.OfNumbers(column, most);
            if (bins.Count > most || !column.All(x => Enumerable.Range(0, bins.Count).All(b => bins.Bin(x) <= b == x <= bins.Cut(b))))
                return false;
        }
        return true;
    }).Holds(30);

    private static double Skip(RandomStream random, int rows)
    {
        for (int i = 0; i < rows; i++)
            _ = (random.Gaussian(), random.Unit());
        return random.Gaussian();
    }
}
