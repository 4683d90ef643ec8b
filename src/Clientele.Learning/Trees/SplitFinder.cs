namespace Clientele.Learning;

/// <summary>Finds a node's best question from its histogram. Of equal gains the lowest column, then the lowest bin, then missing to the right.</summary>
internal sealed class SplitFinder(BinnedTable table, BoostingOptions options)
{
    private readonly SplitGains gains = new();
    private readonly NodeSums[] lefts = new NodeSums[256];
    private readonly double[] ranks = new double[256];
    private readonly int[] order = new int[256];
    // Categories in that order.
    private int known;

    /// <param name="cells">Columns × 256 × (gradient, hessian).</param>
    /// <param name="columns">Those that may be asked, ascending.</param>
    public Split Best(long[] cells, ReadOnlySpan<int> columns, NodeSums node, GradientScale scale, LeafBounds bounds)
    {
        double gradient = scale.GradientOf(node.Gradient), hessian = scale.HessianOf(node.Hessian), rows = scale.CountOf(node.Hessian);
        double own = SplitGains.Score(gradient, hessian, options.L2, SplitGains.LeafValue(gradient, hessian, options.L2, bounds));
        var best = Split.None with { Gain = options.MinGain };
        foreach (int feature in columns)
        {
            var of = cells.AsSpan(feature * 512, 512);
            var missing = new NodeSums(of[2 * FeatureBins.Missing], of[2 * FeatureBins.Missing + 1]);
            var bins = table.Features[feature];
            bool free = options.Monotone.Count == 0;
            if (bins.IsCategorical)
                Arrange(of, bins.Count, scale);
            for (int direction = 0; direction < (missing.Hessian == 0 ? 1 : 2); direction++)
            {
                int cuts = bins.IsCategorical ? Prefixes(of, order.AsSpan(0, known), direction == 1 ? missing : default, scale)
                    : Prefixes(of, bins.Count, direction == 1 ? missing : default, scale);
                if (free)
                    gains.RunVector(cuts, (gradient, hessian), rows, options);
                else
                    gains.RunBounded(cuts, (gradient, hessian), rows, options, bounds, options.Monotone[feature]);
                int at = -1;
                for (int i = 0; i < cuts; i++)
                    if (gains.Gains[i] - own > best.Gain)
                    {
                        best = best with { Gain = gains.Gains[i] - own };
                        at = i;
                    }
                if (at >= 0)
                    best = new(best.Gain, feature, at, direction == 1, bins.IsCategorical ? Set(at) : [], bins.Cut(at), lefts[at]);
            }
        }
        return best.Feature < 0 ? Split.None : best;
    }

    // Left sums after every bin.
    private int Prefixes(ReadOnlySpan<long> cells, int bins, NodeSums start, GradientScale scale)
    {
        var sum = start;
        for (int b = 0; b < bins; b++)
            Store(b, sum += new NodeSums(cells[2 * b], cells[2 * b + 1]), scale);
        return bins;
    }

    // Left sums after every category, in their order.
    private int Prefixes(ReadOnlySpan<long> cells, ReadOnlySpan<int> codes, NodeSums start, GradientScale scale)
    {
        var sum = start;
        for (int i = 0; i < codes.Length; i++)
            Store(i, sum += new NodeSums(cells[2 * codes[i]], cells[2 * codes[i] + 1]), scale);
        return codes.Length;
    }

    private void Store(int at, NodeSums sum, GradientScale scale)
    {
        lefts[at] = sum;
        gains.Gradients[at] = scale.GradientOf(sum.Gradient);
        gains.Hessians[at] = scale.HessianOf(sum.Hessian);
        gains.Counts[at] = scale.CountOf(sum.Hessian);
    }

    /// <summary>
    /// Puts the categories in the order of G/(H + smoothing): the best of all divisions is one of this order's prefixes.
    /// Source: Fisher (1958), J. Am. Statist. Ass. 53(284). Those with too few rows here are left out, and go right.
    /// </summary>
    private void Arrange(ReadOnlySpan<long> cells, int bins, GradientScale scale)
    {
        known = 0;
        for (int b = 0; b < bins; b++)
            if (scale.CountOf(cells[2 * b + 1]) >= Math.Max(1, options.MinCategoryRows))
            {
                ranks[known] = scale.GradientOf(cells[2 * b]) / (scale.HessianOf(cells[2 * b + 1]) + options.CategorySmoothing);
                order[known++] = b;
            }
        // A stable order: equal ranks stay in the order of their codes.
        for (int i = 1; i < known; i++)
        {
            (double rank, int code, int at) = (ranks[i], order[i], i);
            for (; at > 0 && ranks[at - 1] > rank; at--)
                (ranks[at], order[at]) = (ranks[at - 1], order[at - 1]);
            (ranks[at], order[at]) = (rank, code);
        }
    }

    private ulong[] Set(int last)
    {
        var set = new ulong[DecisionTree.SetWords];
        for (int i = 0; i <= last; i++)
            set[order[i] >> 6] |= 1UL << order[i];
        return set;
    }
}
