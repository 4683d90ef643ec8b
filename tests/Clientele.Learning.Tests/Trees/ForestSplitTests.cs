using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

public sealed class ForestSplitTests
{
    private static readonly TreeLoss[] Losses = [TreeLoss.Squared, TreeLoss.Poisson, TreeLoss.Gamma, TreeLoss.Tweedie(1.2), TreeLoss.Tweedie(1.8), TreeLoss.Logistic, TreeLoss.Softmax(3)];

    [Fact]
    public void The_cut_found_lowers_the_loss_most_of_all_cuts() => Prop.ForAll(Case.Any, c => Losses.All(loss =>
    {
        var node = new Node(c, loss, names: false);
        double[] values = [.. node.Rows.Values.Where(x => !double.IsNaN(x)).Distinct().Order()];
        double best = 0;
        foreach (bool missingLeft in new[] { false, true })
            foreach (double cut in values)
                best = Math.Max(best, node.Gain(x => double.IsNaN(x) ? missingLeft : x <= cut));
        return node.FindsAsGoodAs(best);
    })).Holds(60);

    [Fact]
    public void The_division_of_categories_found_lowers_the_loss_most_of_all_divisions() => Prop.ForAll(Case.Any, c => Losses[..^1].All(loss =>
    {
        // Up to six categories and missing values on either side: all divisions can be tried.
        var node = new Node(c, loss, names: true);
        double best = 0;
        for (int set = 0; set < 1 << 7; set++)
            best = Math.Max(best, node.Gain(x => (set >> (double.IsNaN(x) ? 6 : (int)x) & 1) != 0));
        return node.FindsAsGoodAs(best);
    })).Holds(30);

    /// <summary>A node of one column with missing values, and what its splits are worth by the definition of the loss.</summary>
    private sealed class Node
    {
        private readonly TreeLoss loss;
        private readonly RandomForestOptions options;
        private readonly ForestTarget target;
        private readonly BinnedTable table;
        private readonly ForestRow[] members;

        public Node(Case c, TreeLoss loss, bool names)
        {
            this.loss = loss;
            options = RandomForestTests.Options(loss) with { MinLeafRows = 1 + c.Clusters % 3, Categorical = names ? [0] : [] };
            var random = new RandomStream(c.Seed, 4);
            int n = 12 + c.Rows % 30;
            Rows = new(n, 1, [.. Enumerable.Range(0, n).Select(_ => random.Below(8) == 0 ? double.NaN : random.Below(names ? 6 : 25))]);
            double[] values = [.. Rows.Values.Select(x => BoostingTests.Shape(Math.Sin(x is double.NaN ? 1 : x) + random.Gaussian(), loss))];
            target = new(values, [.. values.Select(_ => .5 + random.Unit())], options);
            table = new(Rows, options.Categorical, FeatureBins.Most, 1, default);
            members = [.. Enumerable.Range(0, n).Select(i => new ForestRow(i, target.Weight(i), target.Channels > 1 ? target.Value(i) : target.Weight(i) * target.Value(i)))];
        }

        public Matrix Rows { get; }

        /// <summary>Loss of the node less the losses of its sides, each answering its mean; −∞ where a side can't be.</summary>
        public double Gain(Func<double, bool> left)
        {
            var sides = Enumerable.Range(0, Rows.Rows).ToLookup(i => left(Rows[i, 0]));
            int[][] parts = [[.. sides[true]], [.. sides[false]]];
            bool deviance = target.Criterion is DevianceCriterion;
            return parts.Any(part => part.Length < options.MinLeafRows || (deviance && part.All(i => target.Value(i) == 0)))
                ? double.NegativeInfinity
                : Loss([.. Enumerable.Range(0, Rows.Rows)]) - parts.Sum(Loss);
        }

        public bool FindsAsGoodAs(double best)
        {
            double[] sums = new double[target.Channels];
            foreach (var row in members)
                sums[target.Channels > 1 ? (int)row.Value : 0] += target.Channels > 1 ? row.Weight : row.Value;
            var found = new ForestSplit();
            new ForestSplitter(table, target, options).Search(0, members, new(sums, members.Sum(row => row.Weight), LeafBounds.None), found);
            double least = 1e-9 * (1 + best);
            if (found.Feature < 0)
                return best <= least;
            double own = Gain(x => found.Left[table.Features[0].Bin(x)]);
            return Math.Abs(found.Gain - best) <= least && Math.Abs(own - best) <= least;
        }

        private double Loss(int[] rows)
        {
            double weight = rows.Sum(target.Weight);
            if (target.Channels > 1)
                return weight - Enumerable.Range(0, target.Channels).Sum(k => Math.Pow(rows.Where(i => target.Value(i) == k).Sum(target.Weight), 2)) / weight;
            double mean = rows.Sum(i => target.Weight(i) * target.Value(i)) / weight;
            return rows.Sum(i => target.Weight(i) * Unit(target.Value(i), mean));
        }

        private double Unit(double y, double mean) => loss.Kind switch
        {
            TreeLossKind.Poisson => (y > 0 ? y * Math.Log(y / mean) : 0) - y + mean,
            TreeLossKind.Gamma => Math.Log(mean / y) + y / mean - 1,
            TreeLossKind.Tweedie => Math.Pow(y, 2 - loss.Parameter) / ((1 - loss.Parameter) * (2 - loss.Parameter))
                - y * Math.Pow(mean, 1 - loss.Parameter) / (1 - loss.Parameter) + Math.Pow(mean, 2 - loss.Parameter) / (2 - loss.Parameter),
            _ => (y - mean) * (y - mean),
        };
    }
}
